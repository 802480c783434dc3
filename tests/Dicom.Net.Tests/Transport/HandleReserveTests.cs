using Dicom.Net.Transport;

namespace Dicom.Net.Tests.Transport;

public class HandleReserveTests
{
    private int? _free;
    private int _counts;

    [Fact]
    public void AllowsAccept_ThirtyTwoHandlesLeft_IsFalseUntilThereAreMore()
    {
        var reserve = New(free: 1000);
        _free = 33;
        Assert.True(reserve.AllowsAccept());
        _free = 32;
        Assert.False(reserve.AllowsAccept());
        Assert.Equal(32, reserve.Free);
        _free = 33;
        Assert.True(reserve.AllowsAccept());
    }

    [Theory]
    [InlineData(20, 10)]
    [InlineData(63, 31)]
    [InlineData(3, 1)]
    public void AllowsAccept_FewHandlesFromTheStart_LeavesHalfOfThem(int atFirst, int left)
    {
        var reserve = New(atFirst);
        _free = left + 1;
        Assert.True(reserve.AllowsAccept());
        _free = left;
        Assert.False(reserve.AllowsAccept());
    }

    [Theory]
    [InlineData(null)] // unknown
    [InlineData(0)]
    [InlineData(1)]
    public void AllowsAccept_NothingToLeave_IsTrueWithoutCounting(int? free)
    {
        var reserve = New(free);
        _free = 0;
        Assert.True(reserve.AllowsAccept());
        Assert.Equal(1, _counts);
    }

    [Fact]
    public void AllowsAccept_LimitLiftedLater_IsTrue()
    {
        var reserve = New(free: 40);
        _free = 0;
        Assert.False(reserve.AllowsAccept());
        _free = null;
        Assert.True(reserve.AllowsAccept());
    }

    [Fact]
    public void AllowsAccept_EightLoopsTakeTwoHandlesForEachConnection_StopTogetherAtTheReserve()
    {
        _free = 20_000;
        var loops = Enumerable.Range(0, 8).Select(_ => new HandleReserve(Count)).ToArray();
        while (loops.Where(loop => loop.AllowsAccept()).ToArray() is { Length: > 0 } accepting)
        {
            _free -= 2 * accepting.Length;
        }

        Assert.InRange(_free.Value, 32 - (2 * loops.Length) + 1, 32); // in the last round each sees the same last handle
    }

    [Fact]
    public void AllowsAccept_ManyHandles_CountsSeldom()
    {
        var reserve = New(free: 20_000);
        for (var accepts = 0; accepts < 1000; accepts++)
        {
            Assert.True(reserve.AllowsAccept());
        }

        Assert.Equal(2, _counts); // at the start, and before the first accept
    }

    [Fact]
    public void CountNextTime_ManyHandlesAtTheLastCount_CountsAgain()
    {
        var reserve = New(free: 20_000);
        Assert.True(reserve.AllowsAccept());
        _free = 5;
        reserve.CountNextTime();
        Assert.False(reserve.AllowsAccept());
    }

    private HandleReserve New(int? free)
    {
        _free = free;
        return new(Count);
    }

    private int? Count()
    {
        _counts++;
        return _free;
    }
}
