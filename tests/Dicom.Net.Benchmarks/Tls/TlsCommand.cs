using System.CommandLine;
using Dicom.Net.Benchmarks.Processes;
using Dicom.Net.Benchmarks.Reporting;

namespace Dicom.Net.Benchmarks.Tls;

/// <summary>`tls`: C-STORE over TLS 1.3 against a bare copy over TLS, in the same process, by turns.</summary>
internal static class TlsCommand
{
    private const int InstanceSize = 512 * 1024;

    // Arbitrary: by then .NET has compiled what is hot for the last time.
    private const int WarmUpRounds = 3;

    private const string Notes =
        """
        Megabytes of pixel data a second, TLS 1.3, TLS_AES_128_GCM_SHA256; medians over the rounds, and their range in brackets. Both ends of all
        three are in this process. The ratios are of the same round. To reach: 0.90.
        """;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured.", DefaultValueFactory = _ => 9 };
        var count = new Option<int>("--count") { Description = "Instances of 512 KiB in a round.", DefaultValueFactory = _ => 1000 };
        var output = Report.OutOption();
        var command = new Command("tls", "Measures C-STORE over TLS against a bare copy over TLS.") { rounds, count, output };
        command.SetAction(async (parsed, cancelled) =>
        {
            NetworkNamespace.Enter();
            var report = new Report("Dicom.Net over TLS");
            var table = await MeasureAsync(parsed.GetValue(rounds), parsed.GetValue(count), cancelled);
            await report.Add(table.ToString()).Add(Notes).PublishAsync(parsed.GetValue(output));
        });
        return command;
    }

    private static async Task<MarkdownTable> MeasureAsync(int rounds, int count, CancellationToken cancelled)
    {
        using var certificate = MeasuredCertificate.Create();
        var tls = MeasuredCertificate.OptionsOf(certificate);
        var bare = new BareCopy(certificate, InstanceSize);
        using var store = new StoreLoad(InstanceSize);
        List<(double Bare, double Store, double Plain)> rates = [];
        for (var round = -WarmUpRounds; round < rounds; round++)
        {
            cancelled.ThrowIfCancellationRequested();
            var rate = (
                (await bare.RunAsync(count / 10, count)).Rate,
                (await store.RunAsync(tls, count / 10, count)).Rate,
                (await store.RunAsync(null, count / 10, count)).Rate);
            if (round >= 0)
            {
                rates.Add(rate);
            }
        }

        return new MarkdownTable("512 KiB, one at a time", "MB/s", "ratio to the bare copy")
            .Add("SslStream to SslStream, each block answered", Rate(rates.Select(rate => rate.Bare)), Cells.Absent)
            .Add("C-STORE over TLS", Rate(rates.Select(rate => rate.Store)), Cells.Ratios([.. rates.Select(rate => rate.Store / rate.Bare)]))
            .Add("C-STORE without", Rate(rates.Select(rate => rate.Plain)), Cells.Ratios([.. rates.Select(rate => rate.Plain / rate.Bare)]));
    }

    private static string Rate(IEnumerable<double> instances) => Cells.Rate(Median.Of(instances) * InstanceSize / 1e6);
}
