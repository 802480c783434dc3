using System.CommandLine;

namespace Dicom.Net.Tool.Commands;

/// <summary>Prints what a shell has to read so that it completes commands and options: it asks dicomnet itself, by the directive [suggest].</summary>
internal sealed class CompletionCommand : Command
{
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            _dicomnet() {
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$(dicomnet "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _dicomnet dicomnet
            """,
        ["zsh"] = """
            _dicomnet() {
                local -a found
                found=("${(@f)$(dicomnet "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
                compadd -a found
                _files
            }
            compdef _dicomnet dicomnet
            """,
        ["fish"] = """
            complete -c dicomnet -a '(dicomnet "[suggest:"(commandline -C)"]" (commandline -p | string collect) 2>/dev/null)'
            """,
    };

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh or fish." };

    public CompletionCommand()
        : base("completion", "Prints the script by which a shell completes what is typed.")
    {
        _shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        Add(_shell);
        SetAction(arguments => arguments.InvocationConfiguration.Output.WriteLine(Scripts[arguments.GetRequiredValue(_shell)]));
    }
}
