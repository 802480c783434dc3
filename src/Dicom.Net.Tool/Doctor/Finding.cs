namespace Dicom.Net.Tool.Doctor;

/// <summary>What came of one step of an examination.</summary>
/// <param name="Step">The step: name, connect, tls, associate, echo; release, where that fails.</param>
/// <param name="Verdict">Whether it is as it should be.</param>
/// <param name="What">What was found, in plain words.</param>
internal sealed record Finding(string Step, Verdict Verdict, string What)
{
    /// <summary>What to do; empty where nothing needs to be done.</summary>
    public string Advice { get; init; } = "";

    /// <summary>How a command ends that ends with this.</summary>
    public ExitCode Code { get; init; }

    public static Finding Good(string step, string what) => new(step, Verdict.Good, what);

    public static Finding Bad(string step, ExitCode code, string what, string advice) =>
        new(step, Verdict.Bad, what) { Advice = advice, Code = code };
}
