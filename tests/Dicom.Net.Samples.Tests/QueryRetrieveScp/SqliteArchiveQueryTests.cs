namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

public sealed class SqliteArchiveQueryTests() : ArchiveQueryTests(postgres: null);
