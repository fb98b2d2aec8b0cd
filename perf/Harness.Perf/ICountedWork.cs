using BenchmarkDotNet.Running;

namespace Harness.Perf;

/// <summary>A suite whose work is counted by formula, so that its time becomes a rate.</summary>
internal interface ICountedWork
{
    /// <summary>What one operation does at the present parameters; known before any set-up.</summary>
    /// <param name="benchmark">Name of the benchmark's method.</param>
    Work WorkOf(string benchmark);
}

/// <summary>What one operation of a benchmark does.</summary>
/// <param name="MultiplyAdds">Multiply-adds; 0 where their number depends on the data.</param>
/// <param name="Bytes">Bytes of its operands, each read once and, if it changes, written once; 0 where something between the operands, a cache or an iteration, decides what moves.</param>
/// <param name="Threads">Threads that share it.</param>
internal readonly record struct Work(long MultiplyAdds, long Bytes = 0, int Threads = 1)
{
    /// <summary>The work of a benchmark's case, or null where its suite counts none. The suite is made at the case's parameters, without its set-up: it ran in another process.</summary>
    public static Work? Of(BenchmarkCase benchmarkCase)
    {
        var type = benchmarkCase.Descriptor.Type;
        if (!type.IsAssignableTo(typeof(ICountedWork)))
        {
            return null;
        }

        var suite = Activator.CreateInstance(type)!;
        foreach (var parameter in benchmarkCase.Parameters.Items)
        {
            type.GetProperty(parameter.Name)!.SetValue(suite, parameter.Value);
        }

        return ((ICountedWork)suite).WorkOf(benchmarkCase.Descriptor.WorkloadMethod.Name);
    }
}
