namespace Dicom.Net.Fuzz.Running;

/// <summary>A part of the library that takes what a peer sends.</summary>
internal interface IFuzzTarget
{
    /// <summary>As the command line has it.</summary>
    string Name { get; }

    /// <summary>Makes one input of the choices, and tries it. The same choices give the same input.</summary>
    /// <exception cref="FuzzFinding">The library did what it must not do. Any other exception is a finding, too.</exception>
    void Try(FuzzRandom random, FuzzCase fuzzCase);
}
