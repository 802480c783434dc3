using System.Reflection;
using System.Text.RegularExpressions;

namespace Dicom.Net.Tests.Architecture;

/// <summary>
/// The porting guide names every member of LDicomNet that is known, and what it says to be here is here: a name with a dot, in a row of one of
/// its tables, is a public or protected member of the library.
/// </summary>
public sealed partial class PortingGuideTests
{
    /// <summary>The members of LDicomNet that its help, or programs, name, in the order of the guide's rows.</summary>
    private const string Census = """
        LDicomNet ~LDicomNet StartUp ShutDown Initialize Connect Listen Accept OnAccept OnConnect Close CloseForced OnClose
        IsConnected IsAssociated GetClientCount GetClient GetServer GetHostInfo GetPeerInfo GetDefaultSocketOptions
        SetDefaultSocketOptions EnableOptimizedMemorySend Breathe GetAssociate OnSend OnReceive OnReceiveData SendData
        SendAssociateRequest SendAssociateAccept SendAssociateReject SendReleaseRequest SendReleaseResponse SendAbort
        OnReceiveAssociateRequest OnReceiveAssociateAccept OnReceiveAssociateReject OnReceiveReleaseRequest OnReceiveReleaseResponse
        OnReceiveAbort SendCEchoRequest OnReceiveCEchoRequest SendCEchoResponse OnReceiveCEchoResponse SendCStoreRequest
        OnReceiveCStoreRequest SendCStoreResponse OnReceiveCStoreResponse SendCFindRequest OnReceiveCFindRequest SendCFindResponse
        OnReceiveCFindResponse SendCGetRequest OnReceiveCGetRequest SendCGetResponse OnReceiveCGetResponse SendCMoveRequest
        OnReceiveCMoveRequest SendCMoveResponse OnReceiveCMoveResponse SendNReportRequest OnReceiveNReportRequest
        SendNReportResponse OnReceiveNReportResponse SendNGetRequest OnReceiveNGetRequest SendNGetResponse OnReceiveNGetResponse
        SendNSetRequest OnReceiveNSetRequest SendNSetResponse OnReceiveNSetResponse SendNActionRequest OnReceiveNActionRequest
        SendNActionResponse OnReceiveNActionResponse SendNCreateRequest OnReceiveNCreateRequest SendNCreateResponse
        OnReceiveNCreateResponse SendNDeleteRequest OnReceiveNDeleteRequest SendNDeleteResponse OnReceiveNDeleteResponse
        SendCCancelRequest OnReceiveCCancelRequest OnReceiveUnknown SetClientCertificateTLS SetServerCertificateTLS
        SetCipherToIndexTLS GetCipherFromIndexTLS GetCiphersuiteTLS GetAuthenticationAlgorithmTLS GetIntegrityAlgorithmTLS
        GetKeyExchangeAlgorithmTLS GetEncryptKeyLengthTLS GetMutualAuthKeyLengthTLS GetStatusTLS OnPrivateKeyPassword
        OnSecureLinkReady OnVerify SetMutualAuthAlgISCL SetAuthDataISCL SetMutualAuthKeyISCL SetIndexForMutualAuthISCL
        GetIndexForMutualAuthISCL SetMaxMessageLengthISCL SendNonSecureISCL OnNonSecureSendISCL OnNonSecureReceivedISCL
        GetPeerAuthDataISCL GetPeerEncryptionISCL GetPeerMACISCL GetPeerRequestedMessageLengthISCL GetStatusISCL GetErrorSecure
        """;

    private static readonly string[] Members = Census.Split(
        (char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [Fact]
    public void Census_EachMember_HasItsRow()
    {
        var rows = RowsOf("## Member by member");

        Assert.Equal(117, Members.Length);
        Assert.Equal(
            Members.Select((member, index) => $"{index + 1} `{member}`"), rows.Select(row => $"{row[0]} {row[1]}"));
    }

    [Theory]
    [InlineData("## Member by member")]
    [InlineData("## From the C# class")]
    public void Rows_OfATable_NameMembersThatExistOrSayWhyNot(string heading)
    {
        var rows = RowsOf(heading);

        Assert.True(rows.Length > 10, $"There is a table under {heading}.");
        Assert.Empty(rows.SelectMany(row => ProblemsOf(here: row[^2], note: row[^1])));
    }

    [Theory]
    [InlineData("`DicomNet.Listen`, `DicomNet.OnAccept`", "", true)]
    [InlineData("`DicomNet` (constructors)", "", true)]
    [InlineData("left out", "ISCL is retired.", true)]
    [InlineData("left out", " ", false)]
    [InlineData("`DicomNet.ListenTwice`", "", false)]
    [InlineData("`NoSuchType.Listen`", "", false)]
    [InlineData("Listen", "", false)]
    public void ProblemsOf_ARow_AreFound(string here, string note, bool isRight) => Assert.Equal(isRight, !ProblemsOf(here, note).Any());

    private static IEnumerable<string> ProblemsOf(string here, string note)
    {
        if (here.Trim() == "left out")
        {
            return string.IsNullOrWhiteSpace(note) ? [$"A row says that something is left out, and not why: {here} | {note}"] : [];
        }

        var names = Name().Matches(here).Select(name => name.Groups[1].Value).ToArray();
        return names.Length == 0 ? [$"A row names nothing: {here}"] : names.Where(name => !Exists(name)).Select(name => $"There is no {name}.");
    }

    private static bool Exists(string name)
    {
        var parts = name.Split('.');
        var type = typeof(DicomNet).Assembly.GetType($"Dicom.Net.{parts[0]}");
        return type is { IsPublic: true } && (parts.Length == 1 || type.GetMember(parts[1], Everything).Any(IsVisible));
    }

    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => field.IsPublic,
        EventInfo raised => raised.AddMethod!.IsPublic,
        _ => false,
    };

    /// <summary>The cells of the table under a heading: what is here is the last but one, a note the last.</summary>
    private static string[][] RowsOf(string heading) =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "porting-from-ldicomnet.md"))
            .SkipWhile(line => line != heading).Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|'))
            .Skip(2)
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
