using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dicom.Net.Benchmarks;

/// <summary>The outcome of a run of operations: the fields that we use of the line that dgen prints, which our clients print too.</summary>
internal sealed record LoadResult(
    [property: JsonPropertyName("ops")] long Operations,
    [property: JsonPropertyName("sec")] double Seconds,
    [property: JsonPropertyName("ops_s")] double Rate)
{
    /// <summary>Millions of bytes that the client has sent, a second; 0 where it does not tell.</summary>
    [JsonPropertyName("MB_s")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double MegabytesPerSecond { get; init; }

    /// <summary>The time that half the operations were answered within, in microseconds; 0 where the client does not tell.</summary>
    [JsonPropertyName("p50_us")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double MedianLatency { get; init; }

    /// <summary>The time that all but one in a hundred were answered within, in microseconds; 0 where the client does not tell.</summary>
    [JsonPropertyName("p99_us")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double TailLatency { get; init; }

    public static LoadResult Of(long operations, TimeSpan duration, double medianLatency = 0) =>
        new(operations, duration.TotalSeconds, operations / duration.TotalSeconds) { MedianLatency = medianLatency };

    /// <param name="lines">What the program printed; the result is the last line.</param>
    public static LoadResult Parse(IReadOnlyList<string> lines)
    {
        var result = lines is [.., var last] ? JsonSerializer.Deserialize<LoadResult>(last) : null;
        return result ?? throw new BenchmarkException("The load generator printed no result.");
    }

    public string ToJson() => JsonSerializer.Serialize(this);
}
