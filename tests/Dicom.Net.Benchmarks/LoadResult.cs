using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dicom.Net.Benchmarks;

/// <summary>
/// The outcome of a run of operations: the fields that we use of the line that dgen prints, which our client prints too. The round trip is
/// the median, in microseconds.
/// </summary>
internal sealed record LoadResult(
    [property: JsonPropertyName("ops")] long Operations,
    [property: JsonPropertyName("sec")] double Seconds,
    [property: JsonPropertyName("ops_s")] double Rate,
    [property: JsonPropertyName("p50_us")] double? RoundTrip = null)
{
    public static LoadResult Of(long operations, TimeSpan duration, double? roundTrip = null) =>
        new(operations, duration.TotalSeconds, operations / duration.TotalSeconds, roundTrip);

    /// <param name="lines">What the program printed; the result is the last line.</param>
    public static LoadResult Parse(IReadOnlyList<string> lines)
    {
        var result = lines is [.., var last] ? JsonSerializer.Deserialize<LoadResult>(last) : null;
        return result ?? throw new BenchmarkException("The load generator printed no result.");
    }

    public string ToJson() => JsonSerializer.Serialize(this);
}
