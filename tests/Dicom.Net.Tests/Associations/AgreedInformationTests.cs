using Dicom.Net.Associations;
using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Associations;

public sealed class AgreedInformationTests
{
    private static readonly UserInformation Proposed = new()
    {
        MaximumLength = 1,
        RoleSelections = [new("1.1", true, false)],
        AsynchronousOperationsWindow = new(5, 0),
        ExtendedNegotiations = [new("1.2", new byte[] { 1 })],
        UserIdentity = new(UserIdentityType.Username, positiveResponseRequested: true, default),
    };

    public static TheoryData<UserInformation, UserInformation, string> Excesses => new()
    {
        { Proposed, new() { AsynchronousOperationsWindow = new(6, 0) }, "D.3.3.3" },
        { Proposed, new() { AsynchronousOperationsWindow = new(0, 0) }, "D.3.3.3" },
        { new(), new() { AsynchronousOperationsWindow = new(1, 1) }, "D.3.3.3" },
        { Proposed, new() { RoleSelections = [new("1.1", true, true)] }, "D.3.3.4" },
        { Proposed, new() { RoleSelections = [new("1.1\n", true, false)] }, @"1.1\x0A" },
        { Proposed, new() { ExtendedNegotiations = [new("1.1", default)] }, "D.3.3.5" },
        { new(), new() { UserIdentityResponse = new(default) }, "D.3.3.7" },
        { Proposed with { UserIdentity = new(UserIdentityType.Username, false, default) }, new() { UserIdentityResponse = new(default) }, "D.3.3.7" },
    };

    [Fact]
    public void Of_WhatWasProposed_IsTheAnswer()
    {
        var answered = new UserInformation
        {
            MaximumLength = 7,
            RoleSelections = [new("1.1", true, false)],
            AsynchronousOperationsWindow = new(5, 9),
            ExtendedNegotiations = [new("1.2", new byte[] { 0 })],
            UserIdentityResponse = new(default),
            OtherItems = [new(0xA0, default)],
        };

        Assert.Equal(answered, AgreedInformation.Of(Proposed, answered));
        Assert.Null(AgreedInformation.ExcessOf(Proposed, answered));
        Assert.Null(AgreedInformation.ExcessOf(Proposed, new()));
        Assert.Null(AgreedInformation.ExcessOf(new(), new()));
    }

    [Theory]
    [MemberData(nameof(Excesses))]
    public void ExcessOf_MoreThanWasProposed_SaysWhatAndWhereItIsForbidden(UserInformation proposed, UserInformation answered, string words)
    {
        Assert.Contains(words, AgreedInformation.ExcessOf(proposed, answered), StringComparison.Ordinal);
        var agreed = AgreedInformation.Of(proposed, answered);
        Assert.NotEqual(answered, agreed);
        Assert.Null(AgreedInformation.ExcessOf(proposed, agreed));
    }

    [Fact]
    public void Of_Point29RoleNotProposed_IsTakenFromTheItem()
    {
        var answered = new UserInformation { RoleSelections = [new("1.9", true, true), new("1.1", true, true)] };

        Assert.Equal([new RoleSelection("1.1", true, false)], AgreedInformation.Of(Proposed, answered).RoleSelections);
    }
}
