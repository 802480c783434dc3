using System.Globalization;
using System.Net;
using System.Text;

namespace Dicom.Net.Benchmarks.Reporting;

/// <summary>A line of a plot.</summary>
/// <param name="Name">Its name in the legend.</param>
/// <param name="Points">Its points, from left to right.</param>
/// <param name="IsReference">Whether it is what the others are compared with: it is grey.</param>
internal sealed record PlotSeries(string Name, IReadOnlyList<PlotPoint> Points, bool IsReference = false);

/// <summary>A point of a line: a median and, drawn pale behind it, the range that it is the median of.</summary>
internal sealed record PlotPoint(double X, double Y, double Low, double High);

/// <summary>A few lines over one quantity, drawn as SVG: light, without scripts or fonts of its own.</summary>
internal sealed class Plot(string title, PlotAxis across, PlotAxis up, IReadOnlyList<PlotSeries> series)
{
    private const int Width = 760;
    private const int Height = 400;
    private const int Left = 78;
    private const int Right = 30;
    private const int Top = 92;
    private const int Bottom = 56;

    private const string ReferenceColour = "#8c959f";

    // Told apart in print and by those who do not see red and green alike, too: Okabe and Ito's blue, vermilion, green.
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73"];

    private const string Heading = " font-size='16' font-weight='600' fill='#1f2328'";
    private const string AtTheEnd = " text-anchor='end'";
    private const string InTheMiddle = " text-anchor='middle'";

    private readonly StringBuilder _svg = new();

    public string Title => title;

    public string ToSvg()
    {
        _svg.Clear();
        Line($"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" """
            + """font-family="system-ui, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="12" fill="#57606a">""");
        Line($"""<rect width="{Width}" height="{Height}" rx="8" fill="#ffffff" stroke="#d8dee4"/>""");
        Text(24, 30, title, Heading);
        Legend();
        Ordinate();
        Abscissa();
        for (var i = 0; i < series.Count; i++)
        {
            Curve(series[i], ColourOf(i));
        }

        return _svg.AppendLine("</svg>").ToString();
    }

    private void Legend()
    {
        double x = 24;
        for (var i = 0; i < series.Count; i++)
        {
            Line($"""<circle cx="{Number(x + 5)}" cy="49" r="5" fill="{ColourOf(i)}"/>""");
            Text(x + 16, 53, series[i].Name);
            x += 46 + 6.3 * series[i].Name.Length; // The width of a letter of this size, about: fonts are the reader's.
        }
    }

    private void Ordinate()
    {
        Text(24, Top - 16, up.Title);
        foreach (var tick in up.Ticks)
        {
            var y = Y(tick);
            Line($"""<line x1="{Left}" x2="{Width - Right}" y1="{Number(y)}" y2="{Number(y)}" stroke="#eaeef2"/>""");
            Text(Left - 8, y + 4, up.Label(tick), AtTheEnd);
        }
    }

    private void Abscissa()
    {
        var foot = Height - Bottom;
        Line($"""<line x1="{Left}" x2="{Width - Right}" y1="{foot}" y2="{foot}" stroke="#afb8c1"/>""");
        foreach (var tick in across.Ticks)
        {
            var x = Number(X(tick));
            Line($"""<line x1="{x}" x2="{x}" y1="{foot}" y2="{foot + 5}" stroke="#afb8c1"/>""");
            Text(X(tick), foot + 19, across.Label(tick), InTheMiddle);
        }

        Text((Left + Width - Right) / 2.0, Height - 14, across.Title, InTheMiddle);
    }

    private void Curve(PlotSeries line, string colour)
    {
        var path = string.Join(' ', line.Points.Select(point => $"{Number(X(point.X))},{Number(Y(point.Y))}"));
        Line($"""<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-linejoin="round"/>""");
        foreach (var point in line.Points)
        {
            var (x, y) = (Number(X(point.X)), Number(Y(point.Y)));
            var range = $"""y1="{Number(Y(point.Low))}" y2="{Number(Y(point.High))}" """;
            var told = WebUtility.HtmlEncode($"{line.Name}, {across.Label(point.X)}: {up.Label(point.Y)}");
            Line($"""<line x1="{x}" x2="{x}" {range}stroke="{colour}" stroke-width="5" stroke-linecap="round" opacity="0.25"/>""");
            Line($"""<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"><title>{told}</title></circle>""");
        }
    }

    private string ColourOf(int line) => series[line].IsReference ? ReferenceColour : Colours[line % Colours.Length];

    private double X(double value) => Left + across.PositionOf(value) * (Width - Left - Right);

    private double Y(double value) => Height - Bottom - up.PositionOf(value) * (Height - Top - Bottom);

    private void Text(double x, double y, string text, string attributes = "") =>
        Line($"""<text x="{Number(x)}" y="{Number(y)}"{attributes}>{WebUtility.HtmlEncode(text)}</text>""");

    private void Line(string element) => _svg.AppendLine(element);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
