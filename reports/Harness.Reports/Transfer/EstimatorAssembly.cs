using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Harness.Core.Transfer;

namespace Harness.Reports.Transfer;

/// <summary>Estimators from an assembly of the user: its public classes that implement <see cref="ITransferEstimator"/> and have a constructor without parameters.</summary>
public static partial class EstimatorAssembly
{
    /// <summary>Loads the assembly and makes one of each.</summary>
    /// <param name="path">The .dll. What it references besides the core is looked for beside it.</param>
    /// <exception cref="EstimatorException">There is no such file, it is no assembly for this program, it has no estimator, or one of them can't be made or named.</exception>
    public static IReadOnlyList<ITransferEstimator> Load(string path)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new EstimatorException($"{path}: there is no such file. Give the .dll that the compiler wrote.");
        }

        Type[] types;
        try
        {
            types = new Neighbours(full).LoadFromAssemblyPath(full).GetExportedTypes();
        }
        catch (BadImageFormatException exception)
        {
            throw new EstimatorException($"{path} is no .NET assembly.", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or TypeLoadException or MissingMethodException)
        {
            throw new EstimatorException($"{path} can't be loaded: {exception.Message} Build it against the Harness.Core.dll of this program, and keep what it references beside it.", exception);
        }

        Type[] estimators = [.. types.Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && type.IsAssignableTo(typeof(ITransferEstimator)))];
        return estimators.Length > 0
            ? [.. estimators.Select(type => Create(path, type))]
            : throw new EstimatorException($"{path} has no public class that implements {typeof(ITransferEstimator).FullName} of this program's Harness.Core.dll.");
    }

    private static ITransferEstimator Create(string path, Type type)
    {
        if (type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new EstimatorException($"{path}: {type.FullName} has no public constructor without parameters.");
        }

        ITransferEstimator estimator;
        try
        {
            estimator = (ITransferEstimator)Activator.CreateInstance(type)!;
        }
        catch (Exception exception) when (exception is TargetInvocationException or TypeLoadException)
        {
            var cause = exception.InnerException ?? exception;
            throw new EstimatorException($"{path}: the constructor of {type.FullName} failed: {cause.GetType().Name}: {cause.Message}", cause);
        }

        return !ValidName().IsMatch(estimator.Name)
            ? throw new EstimatorException($"{path}: {type.FullName} is named '{estimator.Name}'; a name has lower-case letters, digits and single hyphens: my-estimator.")
            : TransferEstimators.All.Any(known => known.Name == estimator.Name)
            ? throw new EstimatorException($"{path}: {type.FullName} is named '{estimator.Name}', which is an estimator of the library. Give it another name.")
            : estimator;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ValidName();

    /// <summary>Finds references beside the assembly; the core is the program's own, or the interface would be another type.</summary>
    private sealed class Neighbours(string path) : AssemblyLoadContext(path)
    {
        private readonly AssemblyDependencyResolver resolver = new(path);

        protected override Assembly? Load(AssemblyName name) =>
            name.Name != typeof(ITransferEstimator).Assembly.GetName().Name && resolver.ResolveAssemblyToPath(name) is { } found ? LoadFromAssemblyPath(found) : null;
    }
}
