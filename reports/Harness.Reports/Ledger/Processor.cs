using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Harness.Reports.Ledger;

/// <summary>The processor that the program runs on, as the program sees it.</summary>
/// <param name="Model">"AMD EPYC 9454 48-Core Processor", or the architecture where it has no name to ask for.</param>
/// <param name="VectorBits">Widest vectors that this process computes with: 512, 256 or 128, or 0 without any. Environment variables can lower it.</param>
/// <param name="HasFusedMultiplyAdd">Whether a fused multiply-add is one instruction.</param>
/// <param name="Cores">Logical processors that the process may use.</param>
public sealed record Processor(string Model, int VectorBits, bool HasFusedMultiplyAdd, int Cores)
{
    /// <summary>First and last function of the CPUID instruction that returns 16 letters of the brand string (Intel SDM vol. 2A, CPUID; AMD APM vol. 3, appendix E).</summary>
    private const int FirstBrandFunction = unchecked((int)0x80000002), LastBrandFunction = unchecked((int)0x80000004);

    /// <summary>The processor of this process.</summary>
    public static Processor Current { get; } = new(
        BrandString() is { Length: > 0 } brand ? brand : RuntimeInformation.ProcessArchitecture.ToString(),
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0,
        Fma.IsSupported || System.Runtime.Intrinsics.Arm.AdvSimd.IsSupported,
        Environment.ProcessorCount);

    private static string BrandString()
    {
        // Extended functions are compared as unsigned numbers; the first call tells the highest there is.
        if (!X86Base.IsSupported || unchecked((uint)X86Base.CpuId(int.MinValue, 0).Eax) < unchecked((uint)LastBrandFunction))
        {
            return "";
        }

        Span<byte> letters = stackalloc byte[48];
        for (var function = FirstBrandFunction; function <= LastBrandFunction; function++)
        {
            var (a, b, c, d) = X86Base.CpuId(function, 0);
            var part = letters.Slice(16 * (function - FirstBrandFunction), 16);
            BinaryPrimitives.WriteInt32LittleEndian(part, a);
            BinaryPrimitives.WriteInt32LittleEndian(part[4..], b);
            BinaryPrimitives.WriteInt32LittleEndian(part[8..], c);
            BinaryPrimitives.WriteInt32LittleEndian(part[12..], d);
        }

        return Encoding.ASCII.GetString(letters).Trim('\0', ' ');
    }
}
