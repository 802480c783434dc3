namespace Dicom.Net;

/// <content>Transfer syntaxes (PS3.6 Table A-1; what each means: PS3.5 Annex A).</content>
public static partial class DicomUids
{
    /// <summary>Implicit VR Little Endian.</summary>
    public const string ImplicitVRLittleEndian = "1.2.840.10008.1.2";

    /// <summary>Explicit VR Little Endian.</summary>
    public const string ExplicitVRLittleEndian = "1.2.840.10008.1.2.1";

    /// <summary>Encapsulated Uncompressed Explicit VR Little Endian.</summary>
    public const string EncapsulatedUncompressedExplicitVRLittleEndian = "1.2.840.10008.1.2.1.98";

    /// <summary>Deflated Explicit VR Little Endian.</summary>
    public const string DeflatedExplicitVRLittleEndian = "1.2.840.10008.1.2.1.99";

    /// <summary>Explicit VR Big Endian.</summary>
    public const string ExplicitVRBigEndian = "1.2.840.10008.1.2.2";

    /// <summary>JPEG Baseline (Process 1).</summary>
    public const string JpegBaseline8Bit = "1.2.840.10008.1.2.4.50";

    /// <summary>JPEG Extended (Process 2 and 4).</summary>
    public const string JpegExtended12Bit = "1.2.840.10008.1.2.4.51";

    /// <summary>JPEG Lossless, Non-Hierarchical (Process 14).</summary>
    public const string JpegLossless = "1.2.840.10008.1.2.4.57";

    /// <summary>JPEG Lossless, Non-Hierarchical, First-Order Prediction (Process 14 [Selection Value 1]).</summary>
    public const string JpegLosslessSV1 = "1.2.840.10008.1.2.4.70";

    /// <summary>JPEG-LS Lossless Image Compression.</summary>
    public const string JpegLSLossless = "1.2.840.10008.1.2.4.80";

    /// <summary>JPEG-LS Lossy (Near-Lossless) Image Compression.</summary>
    public const string JpegLSNearLossless = "1.2.840.10008.1.2.4.81";

    /// <summary>JPEG 2000 Image Compression (Lossless Only).</summary>
    public const string Jpeg2000Lossless = "1.2.840.10008.1.2.4.90";

    /// <summary>JPEG 2000 Image Compression.</summary>
    public const string Jpeg2000 = "1.2.840.10008.1.2.4.91";

    /// <summary>JPIP Referenced.</summary>
    public const string JpipReferenced = "1.2.840.10008.1.2.4.94";

    /// <summary>JPIP Referenced Deflate.</summary>
    public const string JpipReferencedDeflate = "1.2.840.10008.1.2.4.95";

    /// <summary>MPEG2 Main Profile / Main Level.</summary>
    public const string Mpeg2MainProfileMainLevel = "1.2.840.10008.1.2.4.100";

    /// <summary>MPEG2 Main Profile / High Level.</summary>
    public const string Mpeg2MainProfileHighLevel = "1.2.840.10008.1.2.4.101";

    /// <summary>MPEG-4 AVC/H.264 High Profile / Level 4.1.</summary>
    public const string Mpeg4HighProfile41 = "1.2.840.10008.1.2.4.102";

    /// <summary>HEVC/H.265 Main Profile / Level 5.1.</summary>
    public const string HevcMainProfile51 = "1.2.840.10008.1.2.4.107";

    /// <summary>JPEG XL Lossless.</summary>
    public const string JpegXLLossless = "1.2.840.10008.1.2.4.110";

    /// <summary>JPEG XL.</summary>
    public const string JpegXL = "1.2.840.10008.1.2.4.112";

    /// <summary>High-Throughput JPEG 2000 Image Compression (Lossless Only).</summary>
    public const string Htj2kLossless = "1.2.840.10008.1.2.4.201";

    /// <summary>High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only).</summary>
    public const string Htj2kLosslessRpcl = "1.2.840.10008.1.2.4.202";

    /// <summary>High-Throughput JPEG 2000 Image Compression.</summary>
    public const string Htj2k = "1.2.840.10008.1.2.4.203";

    /// <summary>JPIP HTJ2K Referenced.</summary>
    public const string JpipHtj2kReferenced = "1.2.840.10008.1.2.4.204";

    /// <summary>JPIP HTJ2K Referenced Deflate.</summary>
    public const string JpipHtj2kReferencedDeflate = "1.2.840.10008.1.2.4.205";

    /// <summary>RLE Lossless.</summary>
    public const string RleLossless = "1.2.840.10008.1.2.5";

    /// <summary>Papyrus 3 Implicit VR Little Endian.</summary>
    public const string Papyrus3ImplicitVRLittleEndian = "1.2.840.10008.1.20";
}
