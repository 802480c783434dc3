using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Servers;

namespace Dicom.Net.Benchmarks.Growth;

/// <summary>A quantity that grows while everything else stays, and the load that is made at each of its steps.</summary>
/// <param name="Key">Its name on the command line and in names of files.</param>
/// <param name="Title">Its heading in the report.</param>
/// <param name="Quantity">What grows.</param>
/// <param name="Steps">Its values, from small to large.</param>
/// <param name="Placement">Where client and server run.</param>
/// <param name="Contenders">The servers; the first is the one that the others are compared with.</param>
/// <param name="Load">What is done at a step.</param>
internal sealed record Sweep(
    string Key,
    string Title,
    SweptQuantity Quantity,
    IReadOnlyList<long> Steps,
    Placement Placement,
    IReadOnlyList<(string Name, ServerProgram Program)> Contenders,
    Func<long, StepLoad> Load)
{
    /// <summary>What is read from a result.</summary>
    public Yield Yield { get; init; } = Yield.Operations;

    /// <summary>What the report says below the table.</summary>
    public string Note { get; init; } = "";
}

/// <summary>What grows.</summary>
/// <param name="Name">Its name, at the axis and in the table.</param>
/// <param name="Label">How its values are written.</param>
/// <param name="IsLogarithmic">Whether it is drawn on a logarithmic axis.</param>
internal sealed record SweptQuantity(string Name, Func<long, string> Label, bool IsLogarithmic = true);

/// <summary>A load: arguments of dgen, or of our own client.</summary>
/// <param name="Arguments">What is done.</param>
/// <param name="WarmUp">Operations on each association before the clock starts.</param>
/// <param name="ByUs">Whether our `cycle` makes it, not dgen.</param>
internal sealed record StepLoad(string Arguments, int WarmUp, bool ByUs = false);

/// <summary>What a measurement yields.</summary>
/// <param name="Unit">Its unit in the table: higher is better.</param>
/// <param name="Of">The figure.</param>
/// <param name="DrawnUnit">The unit of what is drawn.</param>
/// <param name="Drawn">What is drawn of the figure.</param>
internal sealed record Yield(string Unit, Func<LoadResult, double> Of, string DrawnUnit, Func<double, double> Drawn)
{
    public static Yield Operations { get; } = new("op/s", result => result.Rate, "operations per second", rate => rate);

    public static Yield Bytes { get; } = new(
        "MB/s", result => result.MegabytesPerSecond, "megabytes (10⁶) per second", rate => rate);

    /// <summary>Drawn as time: what grows by as much with every step is a straight line then.</summary>
    public static Yield Time { get; } = new("op/s", result => result.Rate, "microseconds each", rate => 1e6 / rate);
}
