using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using System.Security.Cryptography;
using Harness.Claims;
using Harness.Core.Data;
using Harness.Reports.Ledger;

namespace Harness.Reports.Assemblies;

/// <summary>
/// An assembly of the user, loaded into a context of its own: what it references is looked for beside it, except the core, the claims and what the core's signatures mention, which are the program's own,
/// or their types would be others.
/// </summary>
public sealed class UserAssembly
{
    /// <summary>The assemblies whose types the user's code and the program have in common.</summary>
    private static readonly Assembly[] Contract = [typeof(DataSet).Assembly, typeof(Claim).Assembly];

    private UserAssembly(string fullPath, AssemblyIdentity identity, Assembly assembly) => (FullPath, Identity, Assembly) = (fullPath, identity, assembly);

    /// <summary>The file's full path.</summary>
    public string FullPath { get; }

    /// <summary>Name and SHA-256 of the file, the latter as <c>sha256sum</c> prints it; where it references others beside it, of the file followed by those in the order of their names.</summary>
    public AssemblyIdentity Identity { get; }

    /// <summary>The assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>Loads an assembly and checks that it fits this program.</summary>
    /// <param name="path">The .dll.</param>
    /// <exception cref="UserAssemblyException">There is no such file, it is no .NET assembly, it was built against another version of the program, or something that it references is missing.</exception>
    public static UserAssembly Load(string path)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new UserAssemblyException($"{path}: there is no such file. Give the .dll that the compiler wrote.");
        }

        try
        {
            foreach (var reference in References(full))
            {
                RequireSameVersion(path, reference);
            }

            var context = new Neighbours(full);
            var loaded = new UserAssembly(full, new(Path.GetFileName(full), Fingerprint(full, context)), context.LoadFromAssemblyPath(full));
            _ = loaded.Assembly.GetExportedTypes();
            return loaded;
        }
        catch (BadImageFormatException exception)
        {
            throw new UserAssemblyException($"{path} is no .NET assembly.", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or TypeLoadException or MissingMethodException)
        {
            throw new UserAssemblyException(
                $"{path} can't be loaded: {exception.Message} Build it against this program, Harness {Contract[0].GetName().Version!.ToString(3)}, and keep what it references beside it (EnableDynamicLoading in the project file copies it there).", exception);
        }
    }

    private static void RequireSameVersion(string path, AssemblyName reference)
    {
        var own = Contract.Select(assembly => assembly.GetName()).FirstOrDefault(name => name.Name == reference.Name);
        if (own is not null && own.Version != reference.Version)
        {
            throw new UserAssemblyException($"{path} was built against {reference.Name} {reference.Version!.ToString(3)}, and this program is {own.Version!.ToString(3)}. Build it against {own.Version.ToString(3)}, or run the harness of {reference.Version.ToString(3)}.");
        }
    }

    private static string Fingerprint(string path, Neighbours context)
    {
        SortedDictionary<string, string> beside = new(StringComparer.Ordinal);
        Queue<string> unread = new([path]);
        while (unread.TryDequeue(out var file))
        {
            foreach (var reference in References(file))
            {
                if (context.Find(reference) is { } found && beside.TryAdd(reference.Name!, found))
                {
                    unread.Enqueue(found);
                }
            }
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in beside.Values.Prepend(path))
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static AssemblyName[] References(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        if (!image.HasMetadata)
        {
            throw new BadImageFormatException("There is no metadata.", path);
        }

        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())];
    }

    private sealed class Neighbours(string path) : AssemblyLoadContext(path)
    {
        private static readonly HashSet<string> Shared = [.. Contract.Select(assembly => assembly.GetName().Name!), .. Contract[0].GetReferencedAssemblies().Select(name => name.Name!)];

        private readonly AssemblyDependencyResolver resolver = new(path);

        /// <summary>The file beside the assembly that a reference means; null where the program or the platform has it.</summary>
        public string? Find(AssemblyName name) => Shared.Contains(name.Name!) ? null : resolver.ResolveAssemblyToPath(name);

        protected override Assembly? Load(AssemblyName name) => Find(name) is { } found ? LoadFromAssemblyPath(found) : null;
    }
}
