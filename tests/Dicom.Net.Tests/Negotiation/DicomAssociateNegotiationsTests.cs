using static Dicom.Net.DicomRoleSupport;

namespace Dicom.Net.Tests.Negotiation;

public sealed class DicomAssociateNegotiationsTests : IDisposable
{
    private readonly DicomAssociate _associate = new(request: true);

    public void Dispose() => _associate.Dispose();
    private readonly byte _id;
    private readonly byte _same;
    private readonly byte _other;

    public DicomAssociateNegotiationsTests()
    {
        _id = _associate.Propose(DicomUids.CTImageStorage);
        _other = _associate.Propose(DicomUids.Verification);
        _same = _associate.Propose(DicomUids.CTImageStorage, DicomUids.JpegBaseline8Bit);
    }

    [Fact]
    public void Roles_NothingSelected_AreTheDefaultOnes()
    {
        Assert.False(_associate.IsRoleSelect(_id));
        Assert.Equal((Supported, Unsupported), (_associate.GetUserRole(_id), _associate.GetProviderRole(_id)));
    }

    [Fact]
    public void SetRoleSelect_OfOneContext_HoldsForAllOfItsSopClass()
    {
        _associate.SetRoleSelect(_id, true, Unsupported, Supported);

        Assert.True(_associate.IsRoleSelect(_same));
        Assert.Equal((Unsupported, Supported), (_associate.GetUserRole(_same), _associate.GetProviderRole(_same)));
        Assert.False(_associate.IsRoleSelect(_other));

        _associate.SetRoleSelect(_same, true, Supported, Supported);
        Assert.Equal((Supported, Supported), (_associate.GetUserRole(_id), _associate.GetProviderRole(_id)));

        _associate.SetRoleSelect(_same, false, Supported, Supported);
        Assert.False(_associate.IsRoleSelect(_id));
    }

    [Fact]
    public void SetExtendedData_OfOneContext_HoldsForAllOfItsSopClassAndIsCopied()
    {
        byte[] data = [1, 2];
        _associate.SetExtendedData(_id, data);
        data[0] = 9;

        Assert.Equal([1, 2], _associate.GetExtendedData(_same)!);
        Assert.Equal(2, _associate.GetExtendedDataLength(_same));
        Assert.Null(_associate.GetExtendedData(_other));
        Assert.Equal(0, _associate.GetExtendedDataLength(_other));

        _associate.SetExtendedData(_same, []);
        Assert.Equal([], _associate.GetExtendedData(_id)!);
        _associate.SetExtendedData(_same, null);
        Assert.Null(_associate.GetExtendedData(_id));
    }

    [Fact]
    public void SetCommonExtended_ThenTheGetters_TellIt()
    {
        Assert.Null(_associate.GetServiceClass(_id));
        Assert.Empty(_associate.GetRelatedGeneralClasses(_id));

        _associate.SetCommonExtended(_id, "1.2.840.10008.4.2", "1.2.3", "1.2.4");

        Assert.Equal("1.2.840.10008.4.2", _associate.GetServiceClass(_same));
        Assert.Equal(["1.2.3", "1.2.4"], _associate.GetRelatedGeneralClasses(_same));
        _associate.SetCommonExtended(_id, null);
        Assert.Null(_associate.GetServiceClass(_id));
    }

    [Fact]
    public void SetAsynchronousOperations_OnAndOff_IsOnePerSideWithoutIt()
    {
        Assert.False(_associate.IsAsynchronousOperations);
        Assert.Equal((1, 1), (_associate.InvokedOperationsCount, _associate.PerformedOperationsCount));

        _associate.SetAsynchronousOperations(true, 0, 65535);
        Assert.True(_associate.IsAsynchronousOperations);
        Assert.Equal((0, 65535), (_associate.InvokedOperationsCount, _associate.PerformedOperationsCount));

        _associate.SetAsynchronousOperations(false, 5, 5);
        Assert.False(_associate.IsAsynchronousOperations);
        Assert.Equal(1, _associate.InvokedOperationsCount);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(65536, 1)]
    [InlineData(1, -1)]
    [InlineData(1, 65536)]
    public void SetAsynchronousOperations_OutsideItsFields_IsTheCallersMistake(int invoked, int performed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _associate.SetAsynchronousOperations(true, invoked, performed));

    [Fact]
    public void Members_UnknownContext_AreTheCallersMistake()
    {
        Assert.Throws<ArgumentException>(() => _associate.IsRoleSelect(99));
        Assert.Throws<ArgumentException>(() => _associate.GetUserRole(99));
        Assert.Throws<ArgumentException>(() => _associate.SetRoleSelect(99, true, Supported, Supported));
        Assert.Throws<ArgumentException>(() => _associate.GetExtendedData(99));
        Assert.Throws<ArgumentException>(() => _associate.SetExtendedData(99, []));
        Assert.Throws<ArgumentException>(() => _associate.SetCommonExtended(99, "1.2"));
    }

    [Fact]
    public void SetExtendedData_LongerThanItsItem_SaysHowMuchFits()
    {
        var room = 65535 - 2 - DicomUids.CTImageStorage.Length;
        _associate.SetExtendedData(_id, new byte[room]);

        var error = Assert.Throws<ArgumentException>(() => _associate.SetExtendedData(_id, new byte[room + 1]));
        Assert.Contains("65,535", error.Message, StringComparison.Ordinal);
        Assert.Equal(room, _associate.GetExtendedDataLength(_id));
    }

    [Fact]
    public void UserInformation_AddSetDelete_AreByPlaceAndCopied()
    {
        byte[] data = [1];
        _associate.AddUserInformation(0xA0, data);
        _associate.AddUserInformation(0xA1, [2, 3]);
        data[0] = 9;

        Assert.Equal((2, 0xA0, 0xA1), (_associate.UserInformationCount, _associate.GetUserInformationType(0), _associate.GetUserInformationType(1)));
        Assert.Equal((1, 2), (_associate.GetUserInformationDataLength(0), _associate.GetUserInformationDataLength(1)));
        Assert.Equal([1], _associate.GetUserInformationData(0));

        _associate.SetUserInformation(0, 0x50, []);
        _associate.DeleteUserInformation(1);
        Assert.Equal((1, 0x50, 0), (_associate.UserInformationCount, _associate.GetUserInformationType(0), _associate.GetUserInformationDataLength(0)));
    }

    [Theory]
    [InlineData(0x51)]
    [InlineData(0x59)]
    public void AddUserInformation_TypeOfTheStandard_IsTheCallersMistake(byte type)
    {
        var error = Assert.Throws<ArgumentException>(() => _associate.AddUserInformation(type, [1]));
        Assert.Contains($"{type:X2}H", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UserInformation_NoSuchPlaceOrTooLong_IsTheCallersMistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _associate.GetUserInformationData(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => _associate.GetUserInformationType(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _associate.SetUserInformation(0, 0xA0, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => _associate.DeleteUserInformation(0));
        Assert.Throws<ArgumentException>(() => _associate.AddUserInformation(0xA0, new byte[65536]));
    }

    [Fact]
    public void UserIdentityResponse_SetAndRead_IsCopied()
    {
        var answer = new DicomAssociate(request: false);
        Assert.Null(answer.UserIdentityResponse);
        answer.UserIdentityResponse = [];
        Assert.Equal([], answer.UserIdentityResponse!);
        answer.UserIdentityResponse = [1, 2];
        Assert.Equal([1, 2], answer.UserIdentityResponse!);
        answer.UserIdentityResponse = null;
        Assert.Null(answer.UserIdentityResponse);
        Assert.Throws<ArgumentException>(() => answer.UserIdentityResponse = new byte[65534]);
    }
}
