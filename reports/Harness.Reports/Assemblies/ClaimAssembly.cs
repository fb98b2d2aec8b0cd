using Harness.Claims;

namespace Harness.Reports.Assemblies;

/// <summary>Claims from an assembly of the user.</summary>
/// <param name="Assembly">The assembly.</param>
/// <param name="Claims">What it declares (<see cref="DeclaredClaims"/>), in the order of the ids.</param>
public sealed record ClaimAssembly(UserAssembly Assembly, IReadOnlyList<Claim> Claims)
{
    /// <summary>Loads the assembly and reads its claims.</summary>
    /// <param name="path">The .dll.</param>
    /// <exception cref="UserAssemblyException">It can't be loaded, it declares no claim, or one of its claims can't be verified as it stands.</exception>
    public static ClaimAssembly Load(string path)
    {
        var assembly = UserAssembly.Load(path);
        try
        {
            return new(assembly, DeclaredClaims.In(assembly.Assembly));
        }
        catch (InvalidClaimException exception)
        {
            throw new UserAssemblyException($"{path}: {exception.Message}", exception);
        }
    }
}
