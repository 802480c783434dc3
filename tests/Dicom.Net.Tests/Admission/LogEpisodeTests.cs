using Microsoft.Extensions.Time.Testing;

namespace Dicom.Net.Tests.Admission;

public sealed class LogEpisodeTests
{
    [Fact]
    public void Note_AThousandInAMinute_TellsOfTheFirstAndThenOfAllOthersAtOnce()
    {
        var time = new FakeTimeProvider();
        var episode = new LogEpisode(time);

        Assert.Equal(1, episode.Note());
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(0, episode.Note());
        }

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1001, episode.Note());
        Assert.Equal(0, episode.Note());
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, episode.Note());
    }
}
