using System.Runtime.InteropServices;
using Harness.Core.Numerics;
using Harness.Core.Threads;

namespace Harness.Core.Tangents;

/// <summary>Gram matrices of an <see cref="IKernel"/>, tile by tile, one half of the symmetric matrix only.</summary>
public static class KernelMatrix
{
    /// <summary>A tile fits the second-level cache, and preparing its samples costs little beside its pairs.</summary>
    private const int TileRows = 64, TileColumns = 256;

    /// <summary>Elements of workspace for <see cref="Gram"/>.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="samples">n.</param>
    /// <param name="dimension">𝔡.</param>
    /// <param name="threads">Members of the team that will work, 1 without one.</param>
    public static int WorkspaceLength(IKernel kernel, int samples, int dimension, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return checked(threads * ShareOfWorkspace(kernel, samples, dimension));
    }

    /// <summary>Fills the n × n matrix k(x_i, x_j), symmetric to the bit; the bits do not depend on the team.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="inputs">n × 𝔡, row-major.</param>
    /// <param name="samples">n ≥ 1.</param>
    /// <param name="matrix">n × n, row-major.</param>
    /// <param name="workspace">At least <see cref="WorkspaceLength"/> elements.</param>
    /// <param name="team">Threads to share the tiles; null: the caller alone.</param>
    /// <exception cref="ArgumentException">A span does not fit.</exception>
    public static unsafe void Gram(IKernel kernel, ReadOnlySpan<double> inputs, int samples, Span<double> matrix, Span<double> workspace, ThreadTeam? team = null)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        var dimension = Dimension(inputs, samples, inputs, samples, matrix.Length);
        var needed = WorkspaceLength(kernel, samples, dimension, team?.Count ?? 1);
        if (workspace.Length < needed)
        {
            throw new ArgumentException($"The workspace has {workspace.Length} elements and needs {needed}.", nameof(workspace));
        }

        using var handle = new GCHandle<IKernel>(kernel);
        fixed (double* x = inputs, k = matrix, w = workspace)
        {
            var work = new Tiles { Kernel = handle, Inputs = x, Samples = samples, Dimension = dimension, Matrix = k, Workspace = w, Share = ShareOfWorkspace(kernel, samples, dimension) };
            if (team is null)
            {
                work.Execute(0, 1);
            }
            else
            {
                team.Run(ref work);
            }
        }

        SymmetricMatrix.MirrorLower(matrix, samples);
    }

    /// <summary>𝔡 of a block of pairs.</summary>
    internal static int Dimension(ReadOnlySpan<double> x, int rows, ReadOnlySpan<double> y, int columns, int block)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        var dimension = x.Length / rows;
        return dimension > 0 && x.Length == (long)rows * dimension && y.Length == (long)columns * dimension && block == (long)rows * columns
            ? dimension
            : throw new ArgumentException($"{rows} inputs in {x.Length} numbers, {columns} inputs in {y.Length} numbers and a block of {block} do not fit each other.");
    }

    private static int ShareOfWorkspace(IKernel kernel, int samples, int dimension)
    {
        var (rows, columns) = (Math.Min(TileRows, samples), Math.Min(TileColumns, samples));
        return checked((rows * columns) + kernel.WorkspaceLength(rows, columns, dimension));
    }

    private unsafe struct Tiles : ITeamWork
    {
        public GCHandle<IKernel> Kernel;
        public double* Inputs, Matrix, Workspace;
        public int Samples, Dimension, Share;

        /// <summary>Strips of rows from both ends in turns, so that every member has short ones and long ones.</summary>
        public readonly void Execute(int member, int count)
        {
            var strips = (Samples + TileRows - 1) / TileRows;
            for (var turn = 0; turn * count < strips; turn++)
            {
                var strip = (turn * count) + (turn % 2 == 0 ? member : count - 1 - member);
                if (strip < strips)
                {
                    Strip(strip * TileRows, member);
                }
            }
        }

        private readonly void Strip(int first, int member)
        {
            var kernel = Kernel.Target;
            var rows = Math.Min(TileRows, Samples - first);
            var workspace = new Span<double>(Workspace + ((nint)member * Share), Share);
            for (var column = 0; column < first + rows; column += TileColumns)
            {
                var columns = Math.Min(TileColumns, first + rows - column);
                var tile = workspace[..(rows * columns)];
                kernel.Block(Rows(first, rows), rows, Rows(column, columns), columns, tile, workspace[(rows * columns)..]);
                for (var i = 0; i < rows; i++)
                {
                    tile.Slice(i * columns, columns).CopyTo(new(Matrix + ((nint)(first + i) * Samples) + column, columns));
                }
            }
        }

        private readonly ReadOnlySpan<double> Rows(int first, int count) => new(Inputs + ((nint)first * Dimension), count * Dimension);
    }
}
