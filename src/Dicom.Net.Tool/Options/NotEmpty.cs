using System.CommandLine.Parsing;

namespace Dicom.Net.Tool.Options;

/// <summary>What means nothing where it is empty, as that of a shell's variable is which was never set.</summary>
internal static class NotEmpty
{
    /// <summary>A validator of arguments and options.</summary>
    /// <param name="wanted">What is to be given, as the message says it.</param>
    public static Action<SymbolResult> Require(string wanted) => result =>
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
        {
            result.AddError($"{NameOf(result)} is empty: give {wanted}.");
        }
    };

    private static string NameOf(SymbolResult result) =>
        result is OptionResult option ? option.Option.Name : ((ArgumentResult)result).Argument.Name;
}
