using System.Reflection;
using System.Text.RegularExpressions;
using Harness.Core.Transfer;

namespace Harness.Reports.Assemblies;

/// <summary>Estimators from an assembly of the user: its public classes that implement <see cref="ITransferEstimator"/> and have a constructor without parameters.</summary>
public static partial class EstimatorAssembly
{
    /// <summary>Loads the assembly and makes one of each.</summary>
    /// <param name="path">The .dll. What it references besides the core is looked for beside it.</param>
    /// <exception cref="UserAssemblyException">There is no such file, it is no assembly for this program, it has no estimator, or one of them can't be made or named.</exception>
    public static IReadOnlyList<ITransferEstimator> Load(string path)
    {
        Type[] estimators = [.. UserAssembly.Load(path).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && type.IsAssignableTo(typeof(ITransferEstimator)))];
        return estimators.Length > 0
            ? [.. estimators.Select(type => Create(path, type))]
            : throw new UserAssemblyException($"{path} has no public class that implements {typeof(ITransferEstimator).FullName} of this program's Harness.Core.dll.");
    }

    private static ITransferEstimator Create(string path, Type type)
    {
        if (type.GetConstructor(Type.EmptyTypes) is null)
        {
            throw new UserAssemblyException($"{path}: {type.FullName} has no public constructor without parameters.");
        }

        ITransferEstimator estimator;
        try
        {
            estimator = (ITransferEstimator)Activator.CreateInstance(type)!;
        }
        catch (Exception exception) when (exception is TargetInvocationException or TypeLoadException)
        {
            var cause = exception.InnerException ?? exception;
            throw new UserAssemblyException($"{path}: the constructor of {type.FullName} failed: {cause.GetType().Name}: {cause.Message}", cause);
        }

        return !ValidName().IsMatch(estimator.Name)
            ? throw new UserAssemblyException($"{path}: {type.FullName} is named '{estimator.Name}'; a name has lower-case letters, digits and single hyphens: my-estimator.")
            : TransferEstimators.All.Any(known => known.Name == estimator.Name)
            ? throw new UserAssemblyException($"{path}: {type.FullName} is named '{estimator.Name}', which is an estimator of the library. Give it another name.")
            : estimator;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ValidName();
}
