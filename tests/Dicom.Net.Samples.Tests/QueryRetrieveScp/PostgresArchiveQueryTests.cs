using Dicom.Net.Tests.Postgres;

namespace Dicom.Net.Samples.Tests.QueryRetrieveScp;

[Collection(PostgresCollection.Name)]
public sealed class PostgresArchiveQueryTests(PostgresFixture postgres) : ArchiveQueryTests(postgres.NewSchema());
