namespace Dicom.Net.Pdus;

/// <summary>The asynchronous operations window (PS3.7 §D.3.3.3). 0 means unlimited; an answer is no greater than the offer.</summary>
/// <param name="MaximumNumberOperationsInvoked">How many operations the requestor may have outstanding at the acceptor.</param>
/// <param name="MaximumNumberOperationsPerformed">How many the acceptor may have outstanding at the requestor.</param>
public sealed record AsynchronousOperationsWindow(ushort MaximumNumberOperationsInvoked, ushort MaximumNumberOperationsPerformed);
