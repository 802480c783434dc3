using Dicom.Net.Pdus;
using FsCheck;
using FsCheck.Fluent;

namespace Dicom.Net.Tests.Pdus;

/// <summary>Generators of every PDU value that may be sent.</summary>
internal static class PduGenerators
{
    private static readonly Gen<byte> AnyByte = Gen.Choose(0, 255).Select(value => (byte)value);

    private static readonly Gen<ushort> AnyUInt16 = Gen.Choose(0, ushort.MaxValue).Select(value => (ushort)value);

    private static readonly Gen<bool> AnyBool = Gen.Elements(false, true);

    private static readonly Gen<ReadOnlyMemory<byte>> Bytes =
        AnyByte.ArrayOf().Resize(40).Select(bytes => (ReadOnlyMemory<byte>)bytes);

    private static readonly Gen<string> Uid = TextOf("0123456789.", 64);

    /// <summary>As a peer reads them: without spaces around.</summary>
    private static readonly Gen<string> AETitle = TextOf("ABCXYZ abc_-./'0189", 16).Select(text => text.Trim()).Where(text => text != "");

    private static readonly Gen<string> VersionName = TextOf("ABC_-.019/\\", 16);

    private static readonly Gen<PresentationContextResult> Rejection = Gen.Choose(1, 255).Select(value => (PresentationContextResult)value);

    private static readonly Gen<RoleSelection> Role =
        from uid in Uid from scu in AnyBool from scp in AnyBool select new RoleSelection(uid, scu, scp);

    private static readonly Gen<SopClassExtendedNegotiation> Extended =
        from uid in Uid from bytes in Bytes select new SopClassExtendedNegotiation(uid, bytes);

    private static readonly Gen<SopClassCommonExtendedNegotiation> CommonExtended =
        from uid in Uid
        from service in Uid
        from related in ListOf(Uid, 0, 3)
        select new SopClassCommonExtendedNegotiation(uid, service, related);

    private static readonly Gen<UserIdentityRq> Identity =
        from type in AnyByte
        from respond in AnyBool
        from primary in Bytes
        from secondary in Bytes
        select new UserIdentityRq((UserIdentityType)type, respond, primary, secondary);

    private static readonly Gen<AsynchronousOperationsWindow> Window =
        from invoked in AnyUInt16 from performed in AnyUInt16 select new AsynchronousOperationsWindow(invoked, performed);

    private static readonly Gen<UserInformationSubItem> Other =
        from type in Gen.Choose(0x5A, 0xFF) from bytes in Bytes select new UserInformationSubItem((byte)type, bytes);

    private static readonly Gen<UserInformation> InBoth =
        from maximum in Gen.Elements<uint?>(null, 0, 7, 16384, uint.MaxValue)
        from uid in OrNull(Uid)
        from name in OrNull(VersionName)
        from window in OrNull(Window)
        from roles in ListOf(Role, 0, 3)
        from extended in ListOf(Extended, 0, 3)
        from others in ListOf(Other, 0, 3)
        select new UserInformation
        {
            MaximumLength = maximum,
            ImplementationClassUid = uid,
            ImplementationVersionName = name,
            AsynchronousOperationsWindow = window,
            RoleSelections = roles,
            ExtendedNegotiations = extended,
            OtherItems = others,
        };

    public static Gen<AAssociateRq> AAssociateRq { get; } =
        from version in AnyUInt16
        from called in AETitle
        from calling in AETitle
        from name in Uid
        from proposals in ListOf(from uid in Uid from syntaxes in ListOf(Uid, 1, 4) select (uid, syntaxes), 1, 128)
        from information in InBoth
        from common in ListOf(CommonExtended, 0, 3)
        from identity in OrNull(Identity)
        select new AAssociateRq
        {
            ProtocolVersion = version,
            CalledAETitle = called,
            CallingAETitle = calling,
            ApplicationContextName = name,
            PresentationContexts =
                [.. proposals.Select((proposal, i) => new PresentationContextRq((byte)(2 * i + 1), proposal.uid, proposal.syntaxes))],
            UserInformation = information with { CommonExtendedNegotiations = common, UserIdentity = identity },
        };

    public static Gen<AAssociateAc> AAssociateAc { get; } =
        from version in AnyUInt16
        from called in AETitle
        from calling in AETitle
        from name in Uid
        from answers in ListOf(from accept in AnyBool from result in Rejection from uid in Uid select (accept, result, uid), 1, 128)
        from information in InBoth
        from response in OrNull(Bytes.Select(bytes => new UserIdentityAc(bytes)))
        select new AAssociateAc
        {
            ProtocolVersion = version,
            CalledAETitle = called,
            CallingAETitle = calling,
            ApplicationContextName = name,
            PresentationContexts =
            [
                .. answers.Select((answer, i) => answer.accept
                    ? new PresentationContextAc((byte)(2 * i + 1), PresentationContextResult.Acceptance, answer.uid)
                    : new PresentationContextAc((byte)(2 * i + 1), answer.result, null)),
            ],
            UserInformation = information with { UserIdentityResponse = response },
        };

    public static Gen<AAssociateRj> AAssociateRj { get; } =
        from result in AnyByte from source in AnyByte from reason in AnyByte select new AAssociateRj(result, source, reason);

    public static Gen<AAbort> AAbort { get; } = from source in AnyByte from reason in AnyByte select new AAbort(source, reason);

    public static Gen<PresentationDataValue[]> Pdvs { get; } =
        ListOf(
            from id in AnyByte
            from command in AnyBool
            from last in AnyBool
            from bytes in Bytes
            select new PresentationDataValue(id, command, last, bytes),
            1,
            8);

    private static Gen<string> TextOf(string alphabet, int maximum) =>
        ListOf(Gen.Elements(alphabet.ToCharArray()), 1, maximum).Select(characters => new string(characters));

    private static Gen<T[]> ListOf<T>(Gen<T> element, int minimum, int maximum) =>
        from count in Gen.Choose(minimum, maximum) from list in element.ArrayOf(count) select list;

    private static Gen<T?> OrNull<T>(Gen<T> gen)
        where T : class => Gen.OneOf(Gen.Constant<T?>(null), gen.Select(value => (T?)value));
}
