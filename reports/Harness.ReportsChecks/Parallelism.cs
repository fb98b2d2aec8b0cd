using NUnit.Framework;

// Most of these checks wait for a program, a browser or a cluster: fixtures run beside each other. Those that send signals at a moment of a run say that they must be alone.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]
