using System.Security.Cryptography;
using System.Text;

namespace Harness.Reports.Sweeps;

/// <summary>The name of what a text says: equal for equal texts, and different for any two that will ever meet.</summary>
internal static class ContentId
{
    /// <summary>128 bits: two of 10⁸ texts share a name with a chance below 10⁻²².</summary>
    private const int Bytes = 16;

    /// <summary>The first 128 bits of the text's SHA-256, in hexadecimal.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..Bytes]);
}
