namespace Dicom.Net.Tests.Architecture;

public sealed class CSharpLexerTests
{
    [Theory]
    [InlineData("a // b\nc", "a c")]
    [InlineData("a /* b \n */ c", "a c")]
    [InlineData("a /// <see cref=\"b\"/>\nc", "a c")]
    [InlineData("""a "b" c""", "a c")]
    [InlineData("""a "b \" d" c""", "a c")]
    [InlineData("""a @"b\" c""", "a c")]
    [InlineData("""a @"b""d" c""", "a c")]
    [InlineData("""a $"b {c} d {{e}} {f:G} g" h""", "a c f : G h")]
    [InlineData("""a $"{(b ? "c" : "d")} e" f""", "a ( b ? : ) f")]
    [InlineData("a \"\"\"b \"c\" d\"\"\" e", "a e")]
    [InlineData("a '\"' b '\\'' c", "a b c")]
    [InlineData("a = b[0] ?? c_1;", "a = b [ 0 ] ? ? c_1 ;")]
    public void Tokens_OfSource_AreItsCode(string source, string expected) =>
        Assert.Equal(expected, string.Join(' ', CSharpLexer.Tokens(source)));
}
