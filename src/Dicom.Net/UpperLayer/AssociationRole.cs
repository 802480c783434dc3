namespace Dicom.Net.UpperLayer;

/// <summary>The two parts that an application entity can play in an association (PS3.8 §7.1).</summary>
public enum AssociationRole
{
    /// <summary>The side that opened the transport connection and sends the A-ASSOCIATE-RQ.</summary>
    Requestor,

    /// <summary>The side that was connected to and answers the A-ASSOCIATE-RQ.</summary>
    Acceptor,
}
