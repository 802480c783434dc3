using Dicom.Net.Associations;

namespace Dicom.Net.Tests.Associations;

public sealed class RentedArrayTests
{
    [Fact]
    public void OfSize_AnySize_HoldsAtLeastThatMuch()
    {
        using var array = RentedArray.OfSize(5000);
        Assert.InRange(array.Length, 5000, 16 * 1024);
        Assert.False(array.IsShared);
    }

    [Fact]
    public void Dispose_OneOfTwoHolders_LeavesTheBytesToTheOther()
    {
        var array = RentedArray.OfSize(100);
        array.From(0, 1).Span[0] = 42;
        var other = array.Share();
        Assert.True(array.IsShared);
        array.Dispose();
        Assert.False(other.IsShared);
        Assert.Equal(42, other.From(0, 1).Span[0]);
        other.Dispose();
        Assert.Equal(0, other.Length);
    }

    [Fact]
    public void GiveBack_ThenRent_IsTheSameObjectWithOtherBytes()
    {
        var array = RentedArray.OfSize(100);
        array.GiveBack();
        Assert.Equal(0, array.Length);
        Assert.True(array.From(0, 0).IsEmpty);
        array.Rent(5000);
        Assert.InRange(array.Length, 5000, 16 * 1024);
        array.Dispose();
    }
}
