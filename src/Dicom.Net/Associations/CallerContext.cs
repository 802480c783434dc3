namespace Dicom.Net.Associations;

/// <summary>The execution context of a call: its async locals, its trace. What outlives the call must not hold it alive.</summary>
internal static class CallerContext
{
    /// <summary>Timers and tasks that are made until the result is disposed of do not carry the caller's context; on the same thread.</summary>
    public static AsyncFlowControl Leave() => ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
}
