using Dicom.Net.Tool.Tests.Support;

namespace Dicom.Net.Tool.Tests.Commands;

/// <summary>What is typed, before anything is done.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("echo", "HOST and PORT are missing.")]
    [InlineData("echo host", "PORT is missing.")]
    [InlineData("echo host 0", "PORT is a number from 1 to 65535.")]
    [InlineData("echo host 104 --called A_TITLE_THAT_IS_TOO_LONG", "--called")]
    [InlineData("echo host 104 --timeout -1", "'-1'")]
    [InlineData("echo host 104 --count -1", "--count is a number from 0")]
    [InlineData("ecko host 104", "'ecko'")]
    [InlineData("store host 104", "PATH is missing.")]
    [InlineData("bench host 104 --associations 0", "--associations is a number from 1 to 1000.")]
    [InlineData("bench host 104 --size 1G", "--size is at most 256M.")]
    [InlineData("worklist host 104 --date monday", "'monday' is no day")]
    [InlineData("doctor", "Give HOST and PORT of a peer, or --listen.")]
    [InlineData("trace", "Give a FILE, or --listen and --to.")]
    [InlineData("trace --listen 1", "Give a FILE, or --listen and --to.")]
    [InlineData("trace --listen 1 --to nowhere", "'nowhere' is no peer")]
    [InlineData("find host 104 --level HOSPITAL", "'HOSPITAL'")]
    [InlineData("listen --port 65536", "--port is a number from 0 to 65535.")]
    [InlineData("listen --cert own.pem --require-client-cert", "--cert, --require-client-cert: of no use without --tls.")]
    [InlineData("listen --tls --cert own.pem --ca hospital.pem", "--ca: nobody is asked for a certificate without --require-client-cert.")]
    [InlineData("echo host 104 --ca hospital.pem", "--ca: of no use without --tls.")]
    [InlineData("store host 104 x.dcm --tls-profile bcp195", "--tls-profile: of no use without --tls.")]
    [InlineData("", "Required command was not provided.")]
    public async Task Arguments_ThatCannotBeMeant_EndWith2AndSayWhy(string line, string reason)
    {
        var run = await ToolRun.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(ExitCode.BadUse, run.Code);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task Arguments_ThatCannotBeMeantWithJson_HaveAResultToo()
    {
        var run = await ToolRun.RunAsync("echo", "--json");

        Assert.Equal("result", run.Result.GetProperty("type").GetString());
        Assert.Equal(2, run.Result.GetProperty("exitCode").GetInt32());
        Assert.Equal("badUse", run.Result.GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("HOST is empty: give the peer's address or name.", "echo", "", "104")]
    [InlineData("HOST is empty", "doctor", "", "104")]
    [InlineData("PATH is empty: give a file or folder.", "store", "127.0.0.1", "104", "")]
    [InlineData("PATH is empty", "store", "127.0.0.1", "104", "x.dcm", "")]
    [InlineData("FILE is empty: give a recording.", "trace", "")]
    [InlineData("--out is empty: give a file.", "trace", "--listen", "0", "--to", "127.0.0.1:104", "--out", "")]
    [InlineData("--trace-file is empty: give a file.", "echo", "127.0.0.1", "104", "--trace-file", "")]
    [InlineData("--destination: ", "move", "127.0.0.1", "104", "--destination", "")]
    [InlineData("--class: '' is no UID.", "get", "127.0.0.1", "104", "--class", "")]
    [InlineData("--transfer: 'CT' is no UID.", "get", "127.0.0.1", "104", "--transfer", "CT")]
    [InlineData("--out", "get", "127.0.0.1", "104", "--out", "")]
    [InlineData("'a host:104' is no peer: give HOST:PORT", "trace", "--listen", "0", "--to", "a host:104")]
    [InlineData("'::1:104' is no peer", "trace", "--listen", "0", "--to", "::1:104")]
    [InlineData("'[]:104' is no peer", "trace", "--listen", "0", "--to", "[]:104")]
    [InlineData("'[127.0.0.1]:104' is no peer", "trace", "--listen", "0", "--to", "[127.0.0.1]:104")]
    [InlineData("'pacs:0' is no peer", "trace", "--listen", "0", "--to", "pacs:0")]
    public async Task Arguments_EmptyOrNoUid_EndWith2AndSayWhich(string reason, params string[] line)
    {
        var run = await ToolRun.RunAsync(line);
        var json = await ToolRun.RunAsync([.. line, "--json"]);

        Assert.Equal((ExitCode.BadUse, ExitCode.BadUse), (run.Code, json.Code));
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.Equal("badUse", json.Result.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Arguments_ThatOnlyTheirUseFindsOut_EndWith2AndAResult()
    {
        var run = await ToolRun.RunAsync("echo", "127.0.0.1", "104", "--tls", "--password-file", "", "--json");

        Assert.Equal(ExitCode.BadUse, run.Code);
        Assert.Equal("badUse", run.Result.GetProperty("outcome").GetString());
    }

    [Theory]
    [InlineData("PatientNme=X", "neither a keyword")]
    [InlineData("0010=X", "neither a keyword")]
    [InlineData("StudyDate.PatientName=X", "StudyDate")]
    public async Task Keys_ThatAreNone_EndWith2(string key, string reason)
    {
        var run = await ToolRun.RunAsync("find", "127.0.0.1", "104", "-k", key);

        Assert.Equal(ExitCode.BadUse, run.Code);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _dicomnet dicomnet")]
    [InlineData("zsh", "compdef _dicomnet dicomnet")]
    [InlineData("fish", "complete -c dicomnet")]
    public async Task Completion_OfAShell_IsItsScript(string shell, string line)
    {
        var run = await ToolRun.RunAsync("completion", shell);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains(line, run.Out, StringComparison.Ordinal);
        Assert.Contains("[suggest:", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suggest_OfACommandsBeginning_IsTheCommand()
    {
        var run = await ToolRun.RunAsync("[suggest:11]", "dicomnet wo");

        Assert.Contains("worklist", run.Lines);
    }

    [Theory]
    [InlineData("find")]
    [InlineData("get")]
    [InlineData("move")]
    public async Task Keys_BesideAPrivateKey_AreOptionsOfTheirOwn(string command)
    {
        var run = await ToolRun.RunAsync(command, "127.0.0.1", "104", "--tls", "--key", "client.key", "--match", "PatientNme=X");

        Assert.Equal(ExitCode.BadUse, run.Code);
        Assert.Contains("--match PatientNme=X", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_OfEachCommand_IsThere()
    {
        foreach (var command in new[] { "listen", "echo", "store", "find", "move", "get", "worklist", "trace", "bench", "doctor", "completion" })
        {
            var run = await ToolRun.RunAsync(command, "--help");

            Assert.Equal(ExitCode.Ok, run.Code);
            Assert.Contains($"dicomnet {command}", run.Out.Replace("testhost", "dicomnet", StringComparison.Ordinal).Replace(
                "Dicom.Net.Tool.Tests", "dicomnet", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }
}
