using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Harness.Core.Tangents;

/// <summary>What a layer of infinite width makes of the correlations of its pre-activations, for whole vectors of pairs: c ↦ E φ(u)φ(v)/E φ² and its derivative E φ′(u)φ′(v)/E φ².</summary>
/// <remarks>
/// A correlation c = cos θ travels as the triple (v, c, w) = (1 − c, c, 1 + c), each relatively accurate, because next to ±1 the number c has lost the angle. With the angle ψ to the nearer of ±1,
/// q = 1 − cos ψ = min(v, w), and J = sin ψ − ψ cos ψ:
/// <para>v ≤ w: v′ = v − (1 − t)J/π, c′ = 1 − v′, w′ = 2 − v′, derivative 1 − (1 − t)ψ/π;</para>
/// <para>v &gt; w: c′ = tc + (1 − t)J/π, v′ = (1 + t) − tw − (1 − t)J/π, w′ = (1 − t) + tw + (1 − t)J/π, derivative t + (1 − t)ψ/π.</para>
/// No sum loses more than a factor of 3 (1 − 2/π at ψ = π/2). ψ/√(2q) and J/(2q)^{3/2} are power series in q/2 with positive coefficients, C(2k, k)/4ᵏ over 2k + 1 and over (2k + 1)(2k + 3), cut here to their Chebyshev
/// expansions on q ∈ [0, 1]: relative errors below 3u with all roundings. No library function but the root, which is correctly rounded: the bits are those of any machine. Derivation: docs/derivations.md, "Infinite-width kernels".
/// </remarks>
internal static class DualActivation
{
    /// <summary>Replaces every triple by that of the next layer.</summary>
    /// <param name="activation">φ.</param>
    /// <param name="v">1 − c, in [0, 2]; a multiple of eight elements, as are the others.</param>
    /// <param name="c">c.</param>
    /// <param name="w">1 + c.</param>
    /// <param name="derivative">Receives E φ′(u)φ′(v)/E φ².</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(HomogeneousActivation activation, Span<double> v, Span<double> c, Span<double> w, Span<double> derivative)
    {
        var (t, even) = (Vector512.Create(activation.Identity), Vector512.Create(activation.Even));
        var (rectified, k) = (Vector512.Create(activation.Rectified), Vector512.Create(activation.Rectified / Math.PI));
        var (one, two) = (Vector512<double>.One, Vector512.Create(2.0));
        ref var vs = ref MemoryMarshal.GetReference(v);
        ref var cs = ref MemoryMarshal.GetReference(c);
        ref var ws = ref MemoryMarshal.GetReference(w);
        ref var ds = ref MemoryMarshal.GetReference(derivative);
        for (nuint i = 0; i < (nuint)v.Length; i += 8)
        {
            var (versine, cosine, vercosine) = (Vector512.LoadUnsafe(ref vs, i), Vector512.LoadUnsafe(ref cs, i), Vector512.LoadUnsafe(ref ws, i));
            var near = Vector512.LessThanOrEqual(versine, vercosine);
            var twice = Vector512.ConditionalSelect(near, versine, vercosine) * two;
            var (chord, x) = (Vector512.Sqrt(twice), twice - one);
            var (angle, segment) = Series(x);
            angle *= k * chord;
            segment *= k * (chord * twice);

            var below = versine - segment;
            var tw = t * vercosine;
            Vector512.ConditionalSelect(near, below, even - tw - segment).StoreUnsafe(ref vs, i);
            Vector512.ConditionalSelect(near, one - below, Vector512.FusedMultiplyAdd(t, cosine, segment)).StoreUnsafe(ref cs, i);
            Vector512.ConditionalSelect(near, two - below, rectified + tw + segment).StoreUnsafe(ref ws, i);
            Vector512.ConditionalSelect(near, one - angle, t + angle).StoreUnsafe(ref ds, i);
        }
    }

    /// <summary>ψ/√(2q) and J/(2q)^{3/2} in powers of x = 2q − 1; the two chains of multiply-adds run beside each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Angle, Vector512<double> Segment) Series(Vector512<double> x)
    {
        var (a, s) = (Vector512.Create(1.337117972074904e-12), Vector512.Create(2.5243357206996e-13));
        a = Horner(a, x, 4.204585785234514e-12);
        s = Horner(s, x, 8.459657946390925e-13);
        a = Horner(a, x, 6.5895686818293564e-12);
        s = Horner(s, x, 1.722561874410785e-12);
        a = Horner(a, x, 2.213168513203876e-11);
        s = Horner(s, x, 6.153580555670465e-12);
        a = Horner(a, x, 8.868082184163187e-11);
        s = Horner(s, x, 2.4296009502975656e-11);
        a = Horner(a, x, 2.9127320481504746e-10);
        s = Horner(s, x, 8.693794878949278e-11);
        a = Horner(a, x, 9.467966058474889e-10);
        s = Horner(s, x, 3.133690382576736e-10);
        a = Horner(a, x, 3.169056012094685e-09);
        s = Horner(s, x, 1.1581870934427652e-09);
        a = Horner(a, x, 1.0708846364707377e-08);
        s = Horner(s, x, 4.3632315729793935e-09);
        a = Horner(a, x, 3.6494176861214845e-08);
        s = Horner(s, x, 1.6806584066321822e-08);
        a = Horner(a, x, 1.2584262670454288e-07);
        s = Horner(s, x, 6.654988527064359e-08);
        a = Horner(a, x, 4.401965310289306e-07);
        s = Horner(s, x, 2.727637769623508e-07);
        a = Horner(a, x, 1.5669634225237788e-06);
        s = Horner(s, x, 1.1684572711003652e-06);
        a = Horner(a, x, 5.701783620636151e-06);
        s = Horner(s, x, 5.3078223653331905e-06);
        a = Horner(a, x, 2.1345552502340797e-05);
        s = Horner(s, x, 2.6162318165571188e-05);
        a = Horner(a, x, 8.302317787417891e-05);
        s = Horner(s, x, 0.0001455966660300458);
        a = Horner(a, x, 0.0003408637234223566);
        s = Horner(s, x, 0.0009893317489702157);
        a = Horner(a, x, 0.0015196685396007042);
        s = Horner(s, x, 0.009958833319089217);
        a = Horner(a, x, 0.00779890223897363);
        s = Horner(s, x, 0.3424266281861398);
        a = Horner(a, x, 0.05375149359132688);
        a = Horner(a, x, 1.0471975511965979);
        return (a, s);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Horner(Vector512<double> sum, Vector512<double> x, double coefficient) => Vector512.FusedMultiplyAdd(sum, x, Vector512.Create(coefficient));
}
