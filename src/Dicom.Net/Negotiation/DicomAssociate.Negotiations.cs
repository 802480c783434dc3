using Dicom.Net.Pdus;

namespace Dicom.Net;

/// <summary>
/// What is negotiated of a SOP class besides its contexts (PS3.7 §D.3.3.4 to §D.3.3.6), and the window of asynchronous operations
/// (§D.3.3.3).
/// </summary>
/// <remarks>
/// On the wire roles and extended negotiation are the SOP class's: what is set for one presentation context holds for all of the same
/// abstract syntax.
/// </remarks>
public sealed partial class DicomAssociate
{
    /// <summary>Whether asynchronous operations are negotiated at all. Without that, each side has one operation open at a time.</summary>
    public bool IsAsynchronousOperations => _information.AsynchronousOperationsWindow is not null;

    /// <summary>
    /// How many operations the requestor may have open at the acceptor, 0 to 65535; 0 is no limit. An answer is no greater than the offer
    /// (PS3.7 §D.3.3.3). 1 where nothing is negotiated.
    /// </summary>
    public int InvokedOperationsCount => _information.AsynchronousOperationsWindow?.MaximumNumberOperationsInvoked ?? 1;

    /// <summary>How many the acceptor may have open at the requestor; else as <see cref="InvokedOperationsCount"/>.</summary>
    public int PerformedOperationsCount => _information.AsynchronousOperationsWindow?.MaximumNumberOperationsPerformed ?? 1;

    /// <summary>
    /// Proposes or answers a window of asynchronous operations. This library performs at most 12 operations of an association at once: an
    /// answer says 1 to 12, and nothing where nothing was proposed.
    /// </summary>
    /// <param name="enabled">False: nothing is negotiated, the numbers do not matter.</param>
    /// <param name="invokedCount">How many operations the requestor may have open at the acceptor, 0 to 65535; 0 is no limit.</param>
    /// <param name="performedCount">How many the acceptor may have open at the requestor.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not 0 to 65535.</exception>
    public void SetAsynchronousOperations(bool enabled, int invokedCount, int performedCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(invokedCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(invokedCount, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfNegative(performedCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(performedCount, ushort.MaxValue);
        _information = _information with
        {
            AsynchronousOperationsWindow = enabled ? new((ushort)invokedCount, (ushort)performedCount) : null,
        };
    }

    /// <summary>Whether there is a role selection for the SOP class of a presentation context (PS3.7 §D.3.3.4).</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <returns>False: the default roles hold, the requestor is user and the acceptor provider.</returns>
    /// <exception cref="ArgumentException">There is no such context.</exception>
    public bool IsRoleSelect(byte id) => RoleOf(id) is not null;

    /// <summary>Whether the requestor is to be user (SCU) of the SOP class; without a role selection it is.</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <returns>What is proposed, or granted.</returns>
    /// <exception cref="ArgumentException">There is no such context.</exception>
    public DicomRoleSupport GetUserRole(byte id) => Supported(RoleOf(id)?.ScuRole ?? true);

    /// <summary>Whether the requestor is to be provider (SCP) of the SOP class; without a role selection it is not.</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <returns>What is proposed, or granted.</returns>
    /// <exception cref="ArgumentException">There is no such context.</exception>
    public DicomRoleSupport GetProviderRole(byte id) => Supported(RoleOf(id)?.ScpRole ?? false);

    /// <summary>
    /// Proposes or grants roles of the requestor. Who wants to receive by C-GET proposes the provider role for the storage classes
    /// (PS3.4 §C.5.3). An answer grants nothing that was not proposed, and has no role selection where the request had none.
    /// </summary>
    /// <param name="id">The id of a context that is there; the roles hold for all contexts of its abstract syntax.</param>
    /// <param name="enabled">False: no role selection, the roles do not matter.</param>
    /// <param name="userRole">Whether the requestor is to be user (SCU).</param>
    /// <param name="providerRole">Whether the requestor is to be provider (SCP).</param>
    /// <exception cref="ArgumentException">There is no such context.</exception>
    public void SetRoleSelect(byte id, bool enabled, DicomRoleSupport userRole, DicomRoleSupport providerRole)
    {
        var sopClass = GetAbstract(id);
        var selection = new RoleSelection(
            sopClass, userRole == DicomRoleSupport.Supported, providerRole == DicomRoleSupport.Supported);
        _information = _information with
        {
            RoleSelections = Put(_information.RoleSelections, item => item.SopClassUid == sopClass, enabled ? selection : null),
        };
    }

    /// <summary>The length of what <see cref="GetExtendedData"/> returns.</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <returns>The number of bytes; 0 where there is no extended negotiation.</returns>
    /// <exception cref="ArgumentException">There is no such context.</exception>
    public int GetExtendedDataLength(byte id) => ExtendedOf(id)?.ServiceClassApplicationInformation.Length ?? 0;

    /// <summary>The service-class-application-information of a SOP class (PS3.7 §D.3.3.5): what it means, its service class says in PS3.4.</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <returns>A copy of the bytes; null where there is no extended negotiation.</returns>
    /// <exception cref="ArgumentException">There is no such context.</exception>
    public byte[]? GetExtendedData(byte id) => ExtendedOf(id)?.ServiceClassApplicationInformation.ToArray();

    /// <summary>Proposes or answers extended negotiation; an answer has it only where the request had.</summary>
    /// <param name="id">The id of a context that is there; the bytes hold for all contexts of its abstract syntax.</param>
    /// <param name="data">The bytes, copied; null: no extended negotiation.</param>
    /// <exception cref="ArgumentException">There is no such context, or the bytes do not fit into their item.</exception>
    public void SetExtendedData(byte id, byte[]? data)
    {
        var sopClass = GetAbstract(id);
        RequireRoom(data, sizeof(ushort) + sopClass.Length, nameof(data));
        _information = _information with
        {
            ExtendedNegotiations = Put(
                _information.ExtendedNegotiations, item => item.SopClassUid == sopClass, data is null ? null : new(sopClass, data)),
        };
    }

    /// <summary>The service class that a requestor names for a SOP class which the acceptor may not know (PS3.7 §D.3.3.6).</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <returns>The UID of the service class; null where the request does not say.</returns>
    /// <exception cref="ArgumentException">There is no such context.</exception>
    public string? GetServiceClass(byte id) => CommonExtendedOf(id)?.ServiceClassUid;

    /// <summary>The more general SOP classes by whose rules an unknown one may be treated (PS3.7 §D.3.3.6).</summary>
    /// <param name="id">The id of a context that is there.</param>
    /// <returns>Their UIDs; none where the request does not say.</returns>
    /// <exception cref="ArgumentException">There is no such context.</exception>
    public IReadOnlyList<string> GetRelatedGeneralClasses(byte id) => CommonExtendedOf(id)?.RelatedGeneralSopClasses ?? [];

    /// <summary>Says of a SOP class what it is related to (PS3.7 §D.3.3.6); of a request only.</summary>
    /// <param name="id">The id of a context that is there; it holds for all contexts of its abstract syntax.</param>
    /// <param name="serviceClass">The UID of its service class; null: nothing is said.</param>
    /// <param name="relatedGeneralClasses">The more general SOP classes; may be none.</param>
    /// <exception cref="ArgumentException">There is no such context.</exception>
    public void SetCommonExtended(byte id, string? serviceClass, params IEnumerable<string> relatedGeneralClasses)
    {
        ArgumentNullException.ThrowIfNull(relatedGeneralClasses);
        var sopClass = GetAbstract(id);
        _information = _information with
        {
            CommonExtendedNegotiations = Put(
                _information.CommonExtendedNegotiations,
                item => item.SopClassUid == sopClass,
                serviceClass is null ? null : new(sopClass, serviceClass, [.. relatedGeneralClasses])),
        };
    }

    private static DicomRoleSupport Supported(bool role) => role ? DicomRoleSupport.Supported : DicomRoleSupport.Unsupported;

    /// <summary>The items without those that are meant; with the new one, if there is one, at the end.</summary>
    private static List<T> Put<T>(IReadOnlyList<T> items, Func<T, bool> isMeant, T? item)
        where T : class => [.. items.Where(other => !isMeant(other)), .. item is null ? Array.Empty<T>() : [item]];

    private static void RequireRoom(byte[]? data, int used, string parameter)
    {
        if (data?.Length > ushort.MaxValue - used)
        {
            throw new ArgumentException(
                $"{data.Length} bytes do not fit: an item of the user information has 65,535, of which {used} are used.", parameter);
        }
    }

    private RoleSelection? RoleOf(byte id) => Of(id, _information.RoleSelections, static item => item.SopClassUid);

    private SopClassExtendedNegotiation? ExtendedOf(byte id) =>
        Of(id, _information.ExtendedNegotiations, static item => item.SopClassUid);

    private SopClassCommonExtendedNegotiation? CommonExtendedOf(byte id) =>
        Of(id, _information.CommonExtendedNegotiations, static item => item.SopClassUid);

    /// <summary>The first item counts, as everywhere.</summary>
    private T? Of<T>(byte id, IReadOnlyList<T> items, Func<T, string> sopClassOf)
        where T : class
    {
        var sopClass = GetAbstract(id);
        for (var i = 0; i < items.Count; i++)
        {
            if (sopClassOf(items[i]) == sopClass)
            {
                return items[i];
            }
        }

        return null;
    }

    private void ForgetUnused(string sopClass)
    {
        if (!_contexts.Exists(context => context.AbstractSyntax == sopClass))
        {
            _information = _information with
            {
                RoleSelections = Put(_information.RoleSelections, item => item.SopClassUid == sopClass, null),
                ExtendedNegotiations = Put(_information.ExtendedNegotiations, item => item.SopClassUid == sopClass, null),
                CommonExtendedNegotiations = Put(_information.CommonExtendedNegotiations, item => item.SopClassUid == sopClass, null),
            };
        }
    }
}
