namespace Dicom.Net.Tests.Architecture;

/// <summary>
/// As much of C#'s lexical grammar as it takes to tell code from comments and text: identifiers and punctuation come out, in order.
/// </summary>
internal sealed class CSharpLexer
{
    private readonly string _text;
    private readonly List<string> _tokens = [];
    private int _at;

    private CSharpLexer(string text) => _text = text;

    /// <summary>Identifiers and keywords whole, every other character of code by itself; the holes of interpolated strings are code.</summary>
    public static IReadOnlyList<string> Tokens(string source)
    {
        var lexer = new CSharpLexer(source);
        lexer.ReadCode(endsAtBrace: false);
        return lexer._tokens;
    }

    private bool Sees(string text) => string.CompareOrdinal(_text, _at, text, 0, text.Length) == 0;

    private void ReadCode(bool endsAtBrace)
    {
        var depth = 0;
        while (_at < _text.Length)
        {
            if (endsAtBrace && depth == 0 && Sees("}"))
            {
                return;
            }

            depth += Sees("{") ? 1 : Sees("}") ? -1 : 0;
            ReadOne();
        }
    }

    private void ReadOne()
    {
        if (Sees("//"))
        {
            SkipTo("\n");
        }
        else if (Sees("/*"))
        {
            SkipTo("*/");
        }
        else if (Sees("'"))
        {
            ReadQuoted('\'', isVerbatim: false, isInterpolated: false);
        }
        else if (char.IsLetter(_text[_at]) || _text[_at] == '_')
        {
            ReadIdentifier();
        }
        else if (!TryReadString())
        {
            AddPunctuation();
        }
    }

    private bool TryReadString()
    {
        var prefix = _at;
        while (prefix < _text.Length && _text[prefix] is '$' or '@')
        {
            prefix++;
        }

        if (prefix == _text.Length || _text[prefix] != '"')
        {
            return false;
        }

        var marks = _text[_at..prefix];
        _at = prefix;
        if (Sees("\"\"\""))
        {
            ReadRaw();
        }
        else
        {
            ReadQuoted('"', marks.Contains('@'), marks.Contains('$'));
        }

        return true;
    }

    private void ReadQuoted(char quote, bool isVerbatim, bool isInterpolated)
    {
        _at++;
        while (_at < _text.Length && (_text[_at] != quote || (isVerbatim && Sees("\"\""))))
        {
            if (isInterpolated && Sees("{") && !Sees("{{"))
            {
                _at++;
                ReadCode(endsAtBrace: true);
            }

            var isPair = (!isVerbatim && Sees("\\")) || (isVerbatim && Sees("\"\"")) || (isInterpolated && Sees("{{"));
            _at += isPair ? 2 : 1;
        }

        _at++;
    }

    // What stands in a raw string is not looked at, holes included: none has any so far.
    private void ReadRaw()
    {
        var fence = _text.AsSpan(_at).IndexOfAnyExcept('"');
        _at += fence;
        SkipTo(new string('"', fence));
    }

    private void ReadIdentifier()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        _tokens.Add(_text[start.._at]);
    }

    private void AddPunctuation()
    {
        if (!char.IsWhiteSpace(_text[_at]))
        {
            _tokens.Add(_text[_at].ToString());
        }

        _at++;
    }

    private void SkipTo(string end)
    {
        var found = _text.IndexOf(end, _at + 1, StringComparison.Ordinal);
        _at = found < 0 ? _text.Length : found + end.Length;
    }
}
