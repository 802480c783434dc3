using System.Buffers;
using Dicom.Net.Pdus;
using static Dicom.Net.Tests.Pdus.PduBytes;

namespace Dicom.Net.Tests.Pdus;

public sealed class AssociateWriterTests
{
    private static readonly AAssociateRq Request = Capture.AAssociateRqValue;
    private static readonly AAssociateAc Answer = Capture.AAssociateAcValue;

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("SEVENTEEN_LETTERS")]
    [InlineData("A\\B")]
    [InlineData("A\nB")]
    [InlineData("A\u007FB")]
    [InlineData("A\u00E9B")]
    [InlineData("A\u4E00B")]
    public void Write_AETitleThatIsNone_IsRefusedByName(string title)
    {
        AssertRefused(Request with { CalledAETitle = title }, "CalledAETitle");
        AssertRefused(Request with { CallingAETitle = title }, "CallingAETitle");
    }

    [Fact]
    public void Write_AnswerToStrangeTitles_SendsThemBackIdentical()
    {
        var body = AssociateTo("  A\\B\0\0\u00E9", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", ApplicationContext, ContextRq());
        body.AsSpan(36, 32).Fill(0xA5);
        var answer = AAssociateAc.InAnswerTo(ReadRq(body)) with { PresentationContexts = Answer.PresentationContexts };
        var sent = Capture.Body(Written(output => PduWriter.Write(answer, output)));
        Assert.Equal(body[4..68], sent[4..68]);
    }

    [Fact]
    public void Write_AnswerWithoutRequest_PadsItsTitles()
    {
        var sent = Capture.Body(Written(output => PduWriter.Write(Answer with { CalledAETitle = "", CallingAETitle = "\u00E9" }, output)));
        Assert.Equal([.. Text(new string(' ', 16)), .. Text("\u00E9".PadRight(16))], sent[4..36]);
    }

    [Theory]
    [InlineData("SEVENTEEN_LETTERS")]
    [InlineData("\u4E00")]
    public void Write_AnswersTitleThatDoesNotFit_IsRefused(string title) =>
        AssertRefused(Answer with { CalledAETitle = title }, "CalledAETitle");

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3\0")]
    [InlineData("1.2.3 ")]
    [InlineData("Verification")]
    [InlineData("11111111111111111111111111111111111111111111111111111111111111111")] // 65
    public void Write_Point16UidThatIsNone_IsRefusedByName(string uid)
    {
        AssertRefused(Request with { ApplicationContextName = uid }, "ApplicationContextName");
        AssertRefused(Request with { PresentationContexts = [new(1, uid, ["1.2"])] }, "abstract syntax of presentation context 1");
        AssertRefused(Request with { PresentationContexts = [new(1, "1.2", [uid])] }, "transfer syntax of presentation context 1");
        AssertRefused(
            Answer with { PresentationContexts = [new(1, PresentationContextResult.Acceptance, uid)] },
            "transfer syntax of presentation context 1");
    }

    [Fact]
    public void Write_Point16OddLengthUid_IsNotPadded()
    {
        var sent = Written(output => PduWriter.Write(Request with { PresentationContexts = [new(1, "1.2.3", ["1.2"])] }, output));
        Assert.NotEqual(-1, sent.AsSpan().IndexOf(Capture.Hex("30000005 '1.2.3' 40000003 '1.2' 50")));
    }

    [Fact]
    public void Write_Point18And19ContextIds_MustBeOddAndDistinct()
    {
        AssertRefused(Request with { PresentationContexts = [new(2, "1.2", ["1.2"])] }, "odd");
        AssertRefused(Request with { PresentationContexts = [new(1, "1.2", ["1.2"]), new(1, "1.3", ["1.2"])] }, "once");
        AssertRefused(Answer with { PresentationContexts = [new(0, PresentationContextResult.NoReason, null)] }, "odd");
    }

    [Fact]
    public void Write_Point20NothingProposed_IsRefused()
    {
        AssertRefused(Request with { PresentationContexts = [] }, "PresentationContexts");
        AssertRefused(Request with { PresentationContexts = [new(1, "1.2", [])] }, "one transfer syntax");
        AssertRefused(Answer with { PresentationContexts = [] }, "PresentationContexts");
    }

    [Fact]
    public void Write_129Contexts_IsRefused() => AssertRefused(
        Request with { PresentationContexts = [.. Enumerable.Range(0, 129).Select(i => new PresentationContextRq((byte)i, "1", ["1"]))] },
        "1 to 128");

    [Fact]
    public void Write_Point21Rejection_HasATransferSyntaxThatAnyPeerCanParse()
    {
        var answer = Answer with { PresentationContexts = [new(1, PresentationContextResult.UserRejection, null)] };
        var sent = Written(output => PduWriter.Write(answer, output));
        Assert.NotEqual(-1, sent.AsSpan().IndexOf(Capture.Hex("21000019 01000100 40000011 '1.2.840.10008.1.2'")));
    }

    [Fact]
    public void Write_AcceptanceWithoutTransferSyntax_IsRefused() => AssertRefused(
        Answer with { PresentationContexts = [new(1, PresentationContextResult.Acceptance, null)] }, "needs its transfer syntax");

    [Fact]
    public void Write_ItemLongerThanItsLengthField_IsRefusedAndNothingIsWritten()
    {
        var uid = new string('1', 64);
        var output = new ArrayBufferWriter<byte>();
        var request = Request with { PresentationContexts = [new(1, uid, [.. Enumerable.Repeat(uid, 964)])] };
        var exception = Assert.Throws<ArgumentException>(() => PduWriter.Write(request, output));
        Assert.Contains("presentation context 1", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.WrittenCount);
    }

    private static void AssertRefused(AAssociateRq pdu, string names) => AssertRefused(output => PduWriter.Write(pdu, output), names);

    private static void AssertRefused(AAssociateAc pdu, string names) => AssertRefused(output => PduWriter.Write(pdu, output), names);

    private static void AssertRefused(Action<IBufferWriter<byte>> write, string names)
    {
        var output = new ArrayBufferWriter<byte>();
        var exception = Assert.ThrowsAny<ArgumentException>(() => write(output));
        Assert.Contains(names, exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, output.WrittenCount);
    }
}
