namespace Dicom.Net.Tests.Architecture;

/// <summary>The arrows between the folders of the library point down only.</summary>
public sealed class LayerTests
{
    /// <summary>LDicomNet's shape, which nobody below knows: the files of the root, and of some folders.</summary>
    private const string Facade = "the facade";

    private static readonly string[] FacadeFolders = ["", "Admission", "Codes", "Events", "Exchanges", "Negotiation", "Scp", "Scu", "Security", "Services"];

    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Pdus"] = [],
        ["DataSets"] = [],
        ["Diagnostics"] = [],
        ["UpperLayer"] = ["Pdus"],
        ["Dimse"] = ["DataSets", "Pdus"],
        ["Transport"] = ["Diagnostics"],
        ["Associations"] = ["Pdus", "UpperLayer", "DataSets", "Dimse", "Transport", "Diagnostics"],
        [Facade] = ["Pdus", "UpperLayer", "DataSets", "Dimse", "Transport", "Diagnostics", "Associations"],
    };

    [Fact]
    public void Folders_OfTheLibrary_HaveEachTheirPlaceAmongTheLayers()
    {
        var unknown = Sources().Select(source => source.Layer).Distinct().Except(MayKnow.Keys);

        Assert.True(!unknown.Any(), $"Say in {nameof(LayerTests)} which layers may be known by: {string.Join(", ", unknown)}.");
    }

    [Fact]
    public void Arrows_BetweenFolders_PointDown()
    {
        var sources = Sources();
        var layerOf = sources
            .SelectMany(source => DeclaredTypes(source.Tokens).Select(type => (Type: type, source.Layer)))
            .ToLookup(declared => declared.Type, declared => declared.Layer);

        var wrong =
            from source in sources
            from name in source.Tokens.Distinct()
            where layerOf.Contains(name) && !layerOf[name].Any(layer => layer == source.Layer || MayKnow[source.Layer].Contains(layer))
            select $"{source.File} ({source.Layer}) names {name} of {layerOf[name].First()}";

        Assert.True(!wrong.Any(), string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void DeclaredTypes_OfEachKind_AreFound()
    {
        const string Source = """
            namespace N;
            public sealed class A<T>(int x) : B where T : class { private class Inner { } }
            internal readonly record struct C(int D);
            public interface IE { }
            internal enum F { G }
            public delegate void H(int i);
            file static class J;
            """;

        Assert.Equal(["A", "C", "IE", "F", "H", "J"], DeclaredTypes(CSharpLexer.Tokens(Source)));
    }

    private static List<Source> Sources() => [.. Repository.SourcesBelow(Repository.Library).Select(Read)];

    private static Source Read(string file)
    {
        var relative = Path.GetRelativePath(Repository.Library, file);
        var folder = Path.GetDirectoryName(relative)!.Split(Path.DirectorySeparatorChar)[0];
        return new(relative, FacadeFolders.Contains(folder) ? Facade : folder, CSharpLexer.Tokens(File.ReadAllText(file)));
    }

    // Nested types are left out: their names, such as Context, are those of other people's members too.
    private static IEnumerable<string> DeclaredTypes(IReadOnlyList<string> tokens)
    {
        var depth = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            depth += tokens[i] is "{" or "(" ? 1 : tokens[i] is "}" or ")" ? -1 : 0;
            if (depth == 0 && NameAt(tokens, i) is { } name)
            {
                yield return name;
            }
        }
    }

    private static string? NameAt(IReadOnlyList<string> tokens, int at) => tokens[at] switch
    {
        _ when at + 2 >= tokens.Count || (at > 0 && tokens[at - 1] is ":" or "," or "record") => null, // A constraint, or told already.
        "record" when tokens[at + 1] is "class" or "struct" => tokens[at + 2],
        "class" or "struct" or "record" or "interface" or "enum" => tokens[at + 1],
        "delegate" => tokens.Skip(at).TakeWhile(token => token != "(").LastOrDefault(token => char.IsLetter(token[0])),
        _ => null,
    };

    private sealed record Source(string File, string Layer, IReadOnlyList<string> Tokens);
}
