using Dicom.Net.Pdus;

namespace Dicom.Net.Associations;

/// <summary>
/// What of an answer's user information counts: no more than the request proposed. Roles, a window, extended negotiation and an identity
/// response that nobody asked for are to be ignored (PS3.7 §D.3.3.3 to §D.3.3.5 and §D.3.3.7), not a reason to abort.
/// </summary>
internal static class AgreedInformation
{
    /// <summary>The answer as far as it goes.</summary>
    public static UserInformation Of(UserInformation proposed, UserInformation answered) => IsPlain(answered) ? answered : answered with
    {
        AsynchronousOperationsWindow = Narrow(proposed.AsynchronousOperationsWindow, answered.AsynchronousOperationsWindow),
        RoleSelections =
        [
            .. answered.RoleSelections
                .Select(granted => (granted, asked: Find(proposed.RoleSelections, granted.SopClassUid)))
                .Where(pair => pair.asked is not null)
                .Select(pair => pair.granted with
                {
                    ScuRole = pair.granted.ScuRole && pair.asked!.ScuRole,
                    ScpRole = pair.granted.ScpRole && pair.asked!.ScpRole,
                }),
        ],
        ExtendedNegotiations = [.. answered.ExtendedNegotiations.Where(item => IsAnswer(item, proposed))],
        UserIdentityResponse = proposed.UserIdentity is { PositiveResponseRequested: true } ? answered.UserIdentityResponse : null,
    };

    /// <summary>What an answer grants beyond the proposal, in words; null where it does not.</summary>
    public static string? ExcessOf(UserInformation proposed, UserInformation answered)
    {
        if (IsPlain(answered))
        {
            return null;
        }

        var agreed = Of(proposed, answered);
        return agreed.AsynchronousOperationsWindow != answered.AsynchronousOperationsWindow
                ? "An asynchronous operations window that is larger than the one proposed, or answers none (PS3.7 §D.3.3.3)."
            : FirstOf(answered.RoleSelections.Except(agreed.RoleSelections).Select(item => item.SopClassUid)) is { } role
                ? $"A role of SOP class {role} that was not proposed (PS3.7 §D.3.3.4)."
            : FirstOf(answered.ExtendedNegotiations.Except(agreed.ExtendedNegotiations).Select(item => item.SopClassUid)) is { } extended
                ? $"An extended negotiation of SOP class {extended} that was not proposed (PS3.7 §D.3.3.5)."
            : answered.UserIdentityResponse != agreed.UserIdentityResponse
                ? "A user identity response that was not requested (PS3.7 §D.3.3.7)."
            : null;
    }

    /// <summary>The roles of the first item for a SOP class; null where there is none.</summary>
    public static RoleSelection? Find(IReadOnlyList<RoleSelection> selections, string sopClass)
    {
        for (var i = 0; i < selections.Count; i++)
        {
            if (selections[i].SopClassUid == sopClass)
            {
                return selections[i];
            }
        }

        return null;
    }

    /// <summary>Most answers negotiate nothing: those cost nothing.</summary>
    private static bool IsPlain(UserInformation answered) => answered is
    {
        AsynchronousOperationsWindow: null, RoleSelections.Count: 0, ExtendedNegotiations.Count: 0, UserIdentityResponse: null,
    };

    private static AsynchronousOperationsWindow? Narrow(AsynchronousOperationsWindow? offered, AsynchronousOperationsWindow? answered) =>
        offered is null || answered is null
            ? null
            : new(
                Lesser(offered.MaximumNumberOperationsInvoked, answered.MaximumNumberOperationsInvoked),
                Lesser(offered.MaximumNumberOperationsPerformed, answered.MaximumNumberOperationsPerformed));

    /// <summary>0 is no limit (PS3.7 §D.3.3.3).</summary>
    private static ushort Lesser(ushort offered, ushort answered) =>
        offered == 0 ? answered : answered == 0 ? offered : Math.Min(offered, answered);

    private static bool IsAnswer(SopClassExtendedNegotiation answered, UserInformation proposed) =>
        proposed.ExtendedNegotiations.Any(item => item.SopClassUid == answered.SopClassUid);

    private static string? FirstOf(IEnumerable<string> sopClasses) =>
        sopClasses.FirstOrDefault() is { } sopClass ? PeerText.Escape(sopClass) : null;
}
