using System.Reflection;
using System.Text.RegularExpressions;
using Harness.Claims.Catalogue;

namespace Harness.Claims;

/// <summary>
/// The claims that an assembly declares beside the catalogue: its public static properties and fields of type <see cref="Claim"/>, or of a list of them, on public types.
/// </summary>
/// <remarks>What <c>harness verify --claims</c> finds in an assembly, and what a gate in its unit tests finds, is the same.</remarks>
public static partial class DeclaredClaims
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private const string InOrder = "Static members are set from the top of a class down: declare what is used above what uses it.";

    /// <summary>The claims of an assembly, in the order of their ids. A claim that several members return, one by itself and one in a list, is one claim.</summary>
    /// <exception cref="InvalidClaimException">
    /// There is none; a member throws or is null; an id does not begin with its paper's key, or is taken; a paper's key is that of another paper; an entry is named that the catalogue does not have.
    /// </exception>
    public static IReadOnlyList<Claim> In(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        var claims = In(assembly.GetExportedTypes());
        return claims.Count > 0 ? claims
            : throw new InvalidClaimException($"There is no public static property of type {typeof(Claim).FullName} on a public type. Declare one: public static Claim Bound {{ get; }} = Claim.Named(…)…Build();");
    }

    /// <summary>The claims of these types.</summary>
    internal static IReadOnlyList<Claim> In(IEnumerable<Type> types)
    {
        var found = new Dictionary<Claim, string>();
        foreach (var type in types.Where(type => !type.ContainsGenericParameters))
        {
            foreach (var member in type.GetProperties(Declared).Concat<MemberInfo>(type.GetFields(Declared)).Where(HoldsClaims))
            {
                var name = $"{type.FullName}.{member.Name}";
                foreach (var claim in Read(member, name))
                {
                    found.TryAdd(claim ?? throw new InvalidClaimException($"{name} is null where a claim should be. {InOrder}"), name);
                }
            }
        }

        Claim[] ordered = [.. found.Keys.OrderBy(claim => claim.Id, StringComparer.Ordinal)];
        foreach (var claim in ordered)
        {
            Check(claim, found[claim]);
        }

        RequireDistinct(ordered, found);
        return ordered;
    }

    private static bool HoldsClaims(MemberInfo member)
    {
        var type = member switch
        {
            PropertyInfo { CanRead: true } property when property.GetIndexParameters().Length == 0 => property.PropertyType,
            FieldInfo field => field.FieldType,
            _ => null,
        };
        return type == typeof(Claim) || typeof(IEnumerable<Claim>).IsAssignableFrom(type);
    }

    private static IEnumerable<Claim?> Read(MemberInfo member, string name)
    {
        object? value;
        try
        {
            value = member is PropertyInfo property ? property.GetValue(null) : ((FieldInfo)member).GetValue(null);
            return value is IEnumerable<Claim> list ? [.. list] : [(Claim?)value];
        }
        catch (Exception exception)
        {
            // What the user wrote is at the bottom: a static initialiser's own failure comes in two wrappings.
            var cause = exception.GetBaseException();
            var advice = cause is MissingMemberException or TypeLoadException ? " It was compiled against another build of Harness: compile it again against this one." : "";
            throw new InvalidClaimException($"{name}: {(cause is InvalidOperationException ? "" : cause.GetType().Name + ": ")}{cause.Message}{advice}", cause);
        }
    }

    private static void Check(Claim claim, string member)
    {
        if (claim.Source.Paper is not { } paper)
        {
            throw new InvalidClaimException($"{member}: {claim.Id} has no paper: From(…) was given null. {InOrder}");
        }

        if (!Form().IsMatch(claim.Id) || !claim.Id.StartsWith(paper.Key + ".", StringComparison.Ordinal))
        {
            throw new InvalidClaimException($"{member}: '{claim.Id}' is no id of a claim of this paper. It has the paper's key, a dot, then lower-case letters and digits with single hyphens: {(Key().IsMatch(paper.Key) ? paper.Key : "key")}.my-bound.");
        }

        if (Catalogue.Catalogue.All.FirstOrDefault(known => known.Source.Paper.Key == paper.Key && known.Source.Paper != paper) is { } other)
        {
            throw new InvalidClaimException($"{member}: '{paper.Key}' is the key of {other.Source.Paper.Authors}, \"{other.Source.Paper.Title}\", in the catalogue. Give your paper another key, or take the catalogue's from {typeof(Papers).FullName}.");
        }

        if (Catalogue.Catalogue.All.Any(known => known.Id == claim.Id))
        {
            throw new InvalidClaimException($"{member}: '{claim.Id}' is a claim of the catalogue. Give yours another id.");
        }

        if (claim.Source.Entries.FirstOrDefault(id => Entries.All.All(entry => entry.Id != id)) is { } unknown)
        {
            throw new InvalidClaimException($"{member}: {claim.Id} names the entry '{unknown}', which is in no list of the catalogue. A paper of your own needs no entries: leave them out of From(…).");
        }
    }

    private static void RequireDistinct(Claim[] ordered, Dictionary<Claim, string> members)
    {
        if (ordered.GroupBy(claim => claim.Id).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new InvalidClaimException($"'{twice.Key}' is declared by {string.Join(" and by ", twice.Select(claim => members[claim]))}. Give them different ids; where they are meant to be one claim, let the property keep it: {{ get; }} = in place of =>.");
        }

        if (ordered.Select(claim => claim.Source.Paper).Distinct().GroupBy(paper => paper.Key).FirstOrDefault(group => group.Skip(1).Any()) is { } papers)
        {
            throw new InvalidClaimException($"'{papers.Key}' is the key of {string.Join(" and of ", papers.Select(paper => $"\"{paper.Title}\""))}. Give each paper a key of its own.");
        }
    }

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Form();

    [GeneratedRegex(@"^[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Key();
}
