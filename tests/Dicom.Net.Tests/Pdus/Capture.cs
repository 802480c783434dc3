using System.Text;
using Dicom.Net.Pdus;

namespace Dicom.Net.Tests.Pdus;

/// <summary>PDUs written down by hand from the tables of the standard, each field on a line of its own.</summary>
internal static class Capture
{
    /// <summary>Reads hex digits; from // to the end of a line is comment, and 'text' in quotes stands for its characters.</summary>
    public static byte[] Hex(string text)
    {
        List<byte> bytes = [];
        foreach (var line in text.Split('\n'))
        {
            var parts = line.Split("//")[0].Split('\'');
            for (var part = 0; part < parts.Length; part++)
            {
                bytes.AddRange(part % 2 == 0 ? Digits(parts[part]) : Encoding.Latin1.GetBytes(parts[part]));
            }
        }
        return [.. bytes];
    }

    private static byte[] Digits(string text) => Convert.FromHexString(string.Concat(text.Where(char.IsAsciiHexDigit)));

    /// <summary>What follows the six bytes of the header.</summary>
    public static byte[] Body(byte[] pdu) => pdu[PduHeader.Size..];

    /// <summary>PS3.8 Table 9-11 and following: every item and sub-item of a request.</summary>
    public static byte[] AAssociateRq { get; } = Hex("""
        01                                  // PDU-type
        00                                  // Reserved
        00 00 01 70                         // PDU-length = 368
        00 01                               // Protocol-version
        00 00                               // Reserved
        'ANY-SCP         '                  // Called-AE-title
        'ECHOSCU         '                  // Calling-AE-title
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00     // Reserved
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        10 00 00 15 '1.2.840.10008.3.1.1.1' // Application context
        20 00 00 2E                         // Presentation context, 46 bytes
          01 00 00 00                       //   ID 1
          30 00 00 11 '1.2.840.10008.1.1'   //   Abstract syntax: Verification
          40 00 00 11 '1.2.840.10008.1.2'   //   Transfer syntax: Implicit VR Little Endian
        20 00 00 47                         // Presentation context, 71 bytes
          FF 00 00 00                       //   ID 255
          30 00 00 19 '1.2.840.10008.5.1.4.1.1.2' // CT Image Storage
          40 00 00 11 '1.2.840.10008.1.2'
          40 00 00 05 '1.2.3'
          40 00 00 04 '1.22'
        50 00 00 92                         // User information, 146 bytes
          51 00 00 04 00 00 40 00           //   Maximum length 16384
          52 00 00 05 '1.2.9'               //   Implementation class UID
          53 00 00 04 00 05 00 06           //   Asynchronous operations: invoked 5, performed 6
          54 00 00 09 00 05 '1.2.5' 01 00   //   Role selection: SCU
          54 00 00 09 00 05 '1.2.6' 01 01   //   Role selection: SCU and SCP
          55 00 00 09 'DICOMNET1'           //   Implementation version name
          56 00 00 0A 00 05 '1.2.5' 01 02 03    // Extended negotiation
          57 00 00 17 00 05 '1.2.5'         //   Common extended negotiation, version 0
            00 07 '1.2.4.2'                 //     Service class
            00 05 00 03 '1.7'               //     Related general SOP classes
          57 00 00 0E 00 05 '1.2.6' 00 03 '1.8' 00 00   // none related
          58 00 00 0D 02 01                 //   User identity: name and passcode, response requested
            00 03 'bob' 00 04 'pass'
          A0 00 00 02 CA FE                 //   A sub-item of the future
        """);

    public static AAssociateRq AAssociateRqValue { get; } = new()
    {
        CalledAETitle = "ANY-SCP",
        CallingAETitle = "ECHOSCU",
        PresentationContexts =
        [
            new(1, "1.2.840.10008.1.1", ["1.2.840.10008.1.2"]),
            new(255, "1.2.840.10008.5.1.4.1.1.2", ["1.2.840.10008.1.2", "1.2.3", "1.22"]),
        ],
        UserInformation = new()
        {
            MaximumLength = 16384,
            ImplementationClassUid = "1.2.9",
            AsynchronousOperationsWindow = new(5, 6),
            RoleSelections = [new("1.2.5", true, false), new("1.2.6", true, true)],
            ImplementationVersionName = "DICOMNET1",
            ExtendedNegotiations = [new("1.2.5", new byte[] { 1, 2, 3 })],
            CommonExtendedNegotiations = [new("1.2.5", "1.2.4.2", ["1.7"]), new("1.2.6", "1.8", [])],
            UserIdentity = new(UserIdentityType.UsernameAndPasscode, true, "bob"u8.ToArray(), "pass"u8.ToArray()),
            OtherItems = [new(0xA0, new byte[] { 0xCA, 0xFE })],
        },
    };

    /// <summary>PS3.8 Table 9-17 and following.</summary>
    public static byte[] AAssociateAc { get; } = Hex("""
        02                                  // PDU-type
        00                                  // Reserved
        00 00 00 E1                         // PDU-length = 225
        00 01                               // Protocol-version
        00 00                               // Reserved
        'ANY-SCP         '                  // Reserved: as in the request
        'ECHOSCU         '                  // Reserved: as in the request
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00     // Reserved: as in the request
        00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
        10 00 00 15 '1.2.840.10008.3.1.1.1' // Application context
        21 00 00 19                         // Presentation context, 25 bytes
          01 00 00 00                       //   ID 1, acceptance
          40 00 00 11 '1.2.840.10008.1.2'   //   Transfer syntax
        21 00 00 19                         // Presentation context, 25 bytes
          FF 00 03 00                       //   ID 255, abstract-syntax-not-supported
          40 00 00 11 '1.2.840.10008.1.2'   //   not significant
        50 00 00 46                         // User information, 70 bytes
          51 00 00 04 00 00 00 00           //   Maximum length: unlimited
          52 00 00 05 '1.2.9'
          53 00 00 04 00 01 00 01
          54 00 00 09 00 05 '1.2.6' 00 01   //   Role selection: SCP
          55 00 00 09 'DICOMNET1'
          56 00 00 07 00 05 '1.2.5'         //   Extended negotiation without information
          59 00 00 04 00 02 'ok'            //   User identity: server response
        """);

    public static AAssociateAc AAssociateAcValue { get; } = new()
    {
        CalledAETitle = "ANY-SCP",
        CallingAETitle = "ECHOSCU",
        PresentationContexts =
        [
            new(1, PresentationContextResult.Acceptance, "1.2.840.10008.1.2"),
            new(255, PresentationContextResult.AbstractSyntaxNotSupported, null),
        ],
        UserInformation = new()
        {
            MaximumLength = 0,
            ImplementationClassUid = "1.2.9",
            AsynchronousOperationsWindow = new(1, 1),
            RoleSelections = [new("1.2.6", false, true)],
            ImplementationVersionName = "DICOMNET1",
            ExtendedNegotiations = [new("1.2.5", default)],
            UserIdentityResponse = new("ok"u8.ToArray()),
        },
    };

    /// <summary>PS3.8 Table 9-21: permanent, service-user, called AE title not recognised.</summary>
    public static byte[] AAssociateRj { get; } = Hex("03 00 00 00 00 04   00 01 01 07");

    /// <summary>PS3.8 Table 9-22 and 9-23: a command and the two fragments of a data set.</summary>
    public static byte[] PDataTf { get; } = Hex("""
        04 00 00 00 00 17                   // PDU-length = 23
        00 00 00 05   01 03  'abc'          // Item-length, context 1, command and last
        00 00 00 04   01 00  'de'           // data
        00 00 00 02   01 02                 // data, last, empty
        """);

    /// <summary>PS3.8 Table 9-24.</summary>
    public static byte[] AReleaseRq { get; } = Hex("05 00 00 00 00 04   00 00 00 00");

    /// <summary>PS3.8 Table 9-25.</summary>
    public static byte[] AReleaseRp { get; } = Hex("06 00 00 00 00 04   00 00 00 00");

    /// <summary>PS3.8 Table 9-26: service-provider, unexpected PDU.</summary>
    public static byte[] AAbort { get; } = Hex("07 00 00 00 00 04   00 00 02 02");
}
