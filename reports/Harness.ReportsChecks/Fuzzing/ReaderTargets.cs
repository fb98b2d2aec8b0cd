using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Harness.Core.Data;
using Harness.Core.Networks;
using Harness.Core.Training;
using Harness.Reports.Adapters;
using Harness.Reports.Certificates;
using Harness.Reports.Files;
using Harness.Reports.Runs;
using Harness.ReportsChecks.Files;
using Harness.ReportsChecks.Runs;

namespace Harness.ReportsChecks.Fuzzing;

/// <summary>Every reader of a file that a user can hand to the program.</summary>
internal static class ReaderTargets
{
    /// <summary>What a reader may allocate for a file of any length.</summary>
    public const int Constant = 1 << 20;

    private static readonly ImmutableArray<(string Name, Func<ReaderTarget> Create)> All =
    [
        ("delimited", Delimited), ("coefficients", Coefficients), ("npy", Npy), ("npz", Npz), ("snapshot", Snapshot), ("safetensors", Safetensors), ("adapter", Adapter), ("certificate", CertificateFile),
        ("observations", LedgerTargets.Observations), ("verdicts", LedgerTargets.Verdicts), ("sessions", LedgerTargets.Sessions), ("performance", LedgerTargets.Performance), ("benchmarks", LedgerTargets.Benchmarks),
    ];

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => All.Select(t => t.Name);

    /// <summary>The target of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ReaderTarget Create(string name) => All.FirstOrDefault(t => t.Name == name).Create?.Invoke()
        ?? throw new ArgumentException($"There is no reader '{name}'. The readers are {string.Join(", ", Names)}.", nameof(name));

    /// <summary>Texts of a format as bytes.</summary>
    public static IReadOnlyList<byte[]> Bytes(params IEnumerable<string> texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];

    private static ReaderTarget Delimited() => new("delimited", "samples.csv", typeof(DataFileException), DelimitedFile.MostBytesPerByte, Constant, folder =>
    {
        var path = Path.Combine(folder, "samples.csv");
        // Now and then another label than the default, chosen by the file so that a case stays what it is.
        string[] labels = ["last", "first", "x", "2", ""];
        var choice = new FileInfo(path).Length % 97;
        var data = DelimitedFile.Read(path, new() { Label = choice < labels.Length ? labels[choice] : null });
        Promise(data.Count >= 2 && data.Inputs.All(double.IsFinite), "two finite samples at least");
        Promise(data.Targets.All(y => Math.Abs(y) <= 1), "targets of magnitude one at most");
        Promise(data.Targets.Length == data.Count * data.OutputDimension, "a target for every sample");
        Promise(UnitNormalisation.Apply(data).Inputs.All(double.IsFinite), "samples that can be normalised");
    })
    {
        Valid = () =>
        [
            .. Bytes("5.1,3.5,a\n4.9,3.0,b\n7.0,3.2,a\n6.4,3.2,b\n", "\uFEFF\"x\";\"y\"\r\n1,82;0\r\n1,64;1\r\n1,75;0\r\n", "label\tx1\tx2\n0\t1\t2\n1\t3e-5\t4\n1\t5\t6\n", "rooms,price\n3,301.5\n2,-199\n5,603"),
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a,b\n1,2\n3,4\n5,6\n")],
        ],
        Words = DelimitedWords,
    };

    private static ReaderTarget Coefficients() => new("coefficients", "coefficients.csv", typeof(DataFileException), CoefficientFile.MostBytesPerByte, Constant, folder =>
    {
        var (coefficients, spectrum) = CoefficientFile.Read(Path.Combine(folder, "coefficients.csv"), "theta", "2");
        Promise(coefficients.Length > 0 && coefficients.Length == spectrum.Length, "as many eigenvalues as coefficients");
        Promise(coefficients.All(double.IsFinite) && spectrum.All(double.IsFinite), "finite numbers");
    })
    {
        Valid = () => Bytes("theta,lambda\n0.5,1\n-0.25,0.1\n1e-3,0.01\n", "theta;λ\n0,5;1\n0,25;2\n"),
        Words = DelimitedWords,
    };

    private static ReaderTarget Npy() => new("npy", "array.npy", typeof(DataFileException), NpyArray.MostBytesPerByte, Constant, folder => Whole(NpyArray.Read(Path.Combine(folder, "array.npy"))))
    {
        Valid = () =>
        [
            Written("a.npy", path => NpyArray.Write<double>(path, new[] { 1, -0.5, double.NaN, 1e300, 0, 6 }, 2, 3)), Written("a.npy", path => NpyArray.Write<float>(path, new[] { 1, 2.5f }, 2)),
            Foreign("<i8", "True", "(2, 2)", new byte[32]), Foreign("|u1", "False", "(3, 1, 2)", new byte[6]), Foreign("<f8", "False", "()", new byte[8]),
        ],
        Words = NumPyWords,
    };

    private static ReaderTarget Npz() => new("npz", "arrays.npz", typeof(DataFileException), NpzFile.MostBytesPerByte, Constant, folder =>
    {
        foreach (var array in NpzFile.Read(Path.Combine(folder, "arrays.npz")).Values)
        {
            Whole(array);
        }
    })
    {
        Valid = () =>
        [
            Written("a.npz", path => NpzFile.Write(path, npz =>
            {
                npz.Add<double>("A", [1, 2, 3, 4, 5, 6], 2, 3);
                npz.Add<float>("W1", [0.1f, -1], 1, 2);
                npz.Add<double>("δ", [0.03]);
            })),
            Zip(CompressionLevel.Optimal, ("zeros.npy", Foreign("|u1", "False", "(4000,)", new byte[4000])), ("B.npy", Foreign("<f4", "True", "(2, 2)", new byte[16]))),
            Zip(CompressionLevel.NoCompression, ("../../etc/A.npy", Foreign("<f8", "False", "(1,)", new byte[8])), ("A.npy", Foreign("<f8", "False", "(1,)", new byte[8]))),
        ],
        Words = NumPyWords,
    };

    private static ReaderTarget Snapshot() => new("snapshot", "net.npz", typeof(DataFileException), TrainedNetwork.MostBytesPerByte, TrainedNetwork.MostBytesOfGraph + Constant, folder =>
    {
        var trained = TrainedNetwork.Read(Path.Combine(folder, "net.npz"));
        Promise(trained.Samples > 0 && trained.Inputs.Length == trained.Samples * trained.Network.InputDimension, "a whole number of samples");
        Promise(trained.Targets.Length == trained.Samples * trained.Network.OutputDimension, "a target for every sample");
        Promise(trained.Inputs.All(double.IsFinite), "finite inputs");
    })
    {
        // Beside whole snapshots, with every array that can be there, archives of few arrays: what an array claims is contradicted by nothing there.
        Valid = () =>
        [
            .. new Architecture[] { new Architecture.FullyConnected(), new Architecture.Residual(), new Architecture.Convolutional(SmallSnapshots.Height, SmallSnapshots.Width, 2, 2) }
                .Select(architecture => Written("s.npz", path => SmallSnapshots.Write<double>(path, new(architecture, Width: 2, Depth: 2, TrainsAllLayers: true, Loss.Squared, Batch: null, Rate: 0.01, Seed: 1)))),
            .. new[] { 0, 1, 2 }.Select(kind => Zip(
                CompressionLevel.NoCompression,
                ("network.npy", Foreign("|u1", "False", "()", [(byte)kind])), ("positions.npy", Foreign("<u4", "False", "(2,)", [1, 0, 0, 0, 4, 0, 0, 0])), ("filter.npy", Foreign("<u4", "False", "(2,)", [1, 0, 0, 0, 1, 0, 0, 0])),
                ("tau.npy", Foreign("|u1", "False", "()", [1])), ("A.npy", Foreign("|u1", "False", "(3, 1)", new byte[3])), ("W1.npy", Foreign("|u1", "False", kind == 1 ? "(3, 12)" : "(3, 3)", new byte[kind == 1 ? 36 : 9])),
                ("B.npy", Foreign("|u1", "False", "(1, 3)", new byte[3])), ("X.npy", Foreign("|u1", "False", kind == 1 ? "(1, 4)" : "(1, 1)", new byte[kind == 1 ? 4 : 1])), ("Y.npy", Foreign("|u1", "False", "(1, 1)", [1])))),
        ],
        Words = NumPyWords,
    };

    private static ReaderTarget Safetensors() => new("safetensors", "model.safetensors", typeof(DataFileException), SafetensorsFile.MostBytesPerByte, Constant, folder =>
    {
        foreach (var tensor in SafetensorsFile.Read(Path.Combine(folder, "model.safetensors")).Values)
        {
            Promise(tensor.Values.Length == tensor.Shape.Aggregate(1L, (product, size) => product * size), "as many numbers as the shape has");
        }
    })
    {
        Valid = () => [Tensors(), [.. BitConverter.GetBytes(139L), .. Encoding.UTF8.GetBytes("""{"__metadata__":{"format":"pt"},"h":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]},"d":{"dtype":"F64","shape":[],"data_offsets":[4,12]}}"""), .. new byte[12]]],
        Words = JsonWords,
    };

    private static ReaderTarget Adapter() => new("adapter", "adapter_config.json", typeof(DataFileException), AdapterFiles.MostBytesPerByte, Constant, folder =>
    {
        File.WriteAllBytes(Path.Combine(folder, "adapter_model.safetensors"), AdapterTensors.Value);
        Promise(AdapterFiles.ReadPeft(folder).Values.All(a => double.IsFinite(a.Adapter.Scale) && a.Adapter.Down.Rows == 1), "adapters of the configuration's rank, with a finite scale");
    })
    {
        Valid = () => [Peft("adapter_config.json"), .. Bytes("""{"r": 1, "lora_alpha": 0.5, "use_rslora": true, "target_modules": ["q", "v"]}""")],
        Words = JsonWords,
    };

    private static ReaderTarget CertificateFile() => new("certificate", "run.certificate.json", typeof(DataFileException), Certificate.MostBytesPerByte, Constant, folder =>
    {
        var read = Certificate.Read(Path.Combine(folder, "run.certificate.json"));
        Promise(read is { Subject.Sha256: not null, Subject.Network: not null, Subject.Loss: not null, Loss: not null, Precisions: not null }, "a certificate without holes");
        Promise(read.Distances is null || read.Distances.All(d => d is { Layer: not null, Range: not null }), "distances without holes");
        Promise(read.Kernel is null or { Guesses: not null }, "a spectrum without holes");
    })
    {
        Valid = () => [Written("c.json", path =>
        {
            SmallSnapshots.Write<double>(path, new(new Architecture.FullyConnected(), Width: 2, Depth: 1, TrainsAllLayers: true, Loss.Squared, Batch: null, Rate: 0.01, Seed: 1));
            Certifier.Enclose(TrainedNetwork.Read(path)).Write(path);
        })],
        Words = JsonWords,
    };

    private static readonly IReadOnlyList<byte[]> DelimitedWords = Bytes(
        "\"", ",", ";", "\t", "\n", "\r", "\r\n", " \n", "\0", "NaN", "-Infinity", "1e999", "-", ".", "e", " ", "\uFEFF", "é", "1,5", "\"a\nb\"", "=", "0x1F", "1_000", "sep=;\n", "\uD83D\uDE00", "9999999999999999999999", "theta", "λ");

    private static readonly IReadOnlyList<byte[]> NumPyWords = Bytes(
        "'descr': '<f4', ", "'descr': '|O', ", "'fortran_order': True, ", "'shape': (0,), ", "'shape': (2147483647,), ", "(1, 1, 1, 1, 1)", "(65536, 65536, 65536, 65536)", "(-1,)", "()", "{", "}", "'", "<i8", "|u1", ">f8", "\\x93NUMPY", "../", "/", ".npy", "A.npy");

    /// <summary>Words of JSON, and nesting deeper than any stack.</summary>
    public static readonly IReadOnlyList<byte[]> JsonWords =
    [
        .. Bytes("{", "}", "[", "]", ":", ",", "\"", "\\", "\\u0000", "\\ud800", "\\n", "null", "true", "-1", "0", "1e999", "1.5", "\"NaN\"", "\"Infinity\"", "\"\"", "[]", "{}", "{\"a\":1}", "\"r\":0,", "\"shape\":[0],", "\"data_offsets\":[0,0],", "/*", "\uFEFF", "\n", "\u2028"),
        Encoding.UTF8.GetBytes(new string('[', 20_000)), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 4000))),
    ];

    private static readonly Lazy<byte[]> AdapterTensors = new(() => Peft("adapter_model.safetensors"));

    private static byte[] Peft(string file)
    {
        using var folder = new TemporaryFolder();
        AdapterFiles.WritePeft(folder[""], new Dictionary<string, LowRankAdapter<double>> { ["q"] = new(2, 3, 1, 0.5) });
        return File.ReadAllBytes(folder[file]);
    }

    private static byte[] Tensors() => Written("t.safetensors", path => SafetensorsFile.Write(path, [("a", [2, 2], new float[] { 1, 2, 3, 4 }), ("b", [], new float[] { 1 }), ("c", [0, 3], ReadOnlyMemory<float>.Empty)]));

    private static void Whole(NpyArray array) => Promise(array.Values.Length == array.Shape.Aggregate(1L, (product, size) => product * size), "as many numbers as the shape has");

    private static void Promise(bool isKept, string what)
    {
        if (!isKept)
        {
            throw new BrokenPromiseException($"The reader promises {what}.");
        }
    }

    /// <summary>What a writer writes.</summary>
    public static byte[] Written(string name, Action<string> write)
    {
        using var folder = new TemporaryFolder();
        write(folder[name]);
        return File.ReadAllBytes(folder[name]);
    }

    /// <summary>An array as other programs may write it.</summary>
    private static byte[] Foreign(string type, string fortranOrder, string shape, byte[] data)
    {
        var header = Encoding.ASCII.GetBytes($"{{'descr': '{type}', 'fortran_order': {fortranOrder}, 'shape': {shape}, }}\n");
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. header, .. data];
    }

    private static byte[] Zip(CompressionLevel level, params ReadOnlySpan<(string Name, byte[] Content)> entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
