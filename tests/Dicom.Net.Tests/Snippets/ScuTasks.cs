namespace Dicom.Net.Tests.Snippets;

/// <summary>What docs/scu.md shows, as it stands there.</summary>
internal static class ScuTasks
{
    public static async Task StoreAsync(string host, int port, string path, CancellationToken cancellationToken)
    {
        var request = new DicomAssociationRequest("MY_SCU", "ARCHIVE")
            .With(DicomUids.Verification)
            .With(DicomUids.CTImageStorage)
            .With(DicomUids.CTImageStorage, DicomUids.JpegLosslessSV1);
        await using var association = await DicomAssociation.OpenAsync(host, port, request, cancellationToken: cancellationToken);
        await association.StoreAsync(path, cancellationToken: cancellationToken);
        await association.ReleaseAsync(cancellationToken);
    }

    public static async Task SendAsync(string host, int port, string folder, CancellationToken cancellationToken)
    {
        var sender = new DicomFileSender(host, port, new DicomAssociationRequest("MY_SCU", "ARCHIVE"));
        await foreach (var file in sender.SendAsync(Directory.EnumerateFiles(folder), cancellationToken))
        {
            Console.WriteLine(file.IsStored ? $"{file.Path}: stored" : $"{file.Path}: {file.Error?.Message ?? file.Response!.Status.ToString()}");
        }
    }

    public static async Task FindAsync(DicomAssociation association, CancellationToken cancellationToken)
    {
        using var keys = new DicomDataSet();
        keys.Set(DicomTag.QueryRetrieveLevel, "STUDY");
        keys.Set(DicomTag.PatientName, "DOE^*");
        keys.Set(DicomTag.StudyInstanceUID, "");
        await foreach (var match in association.FindAsync(DicomUids.StudyRootFind, keys, cancellationToken))
        {
            Console.WriteLine(match.GetString(DicomTag.StudyInstanceUID));
        }
    }

    public static async Task GetAsync(string host, int port, DicomDataSet keys, string folder, CancellationToken cancellationToken)
    {
        var request = new DicomAssociationRequest("MY_SCU", "ARCHIVE")
            .With(DicomUids.StudyRootGet)
            .WithProviderRole(DicomUids.CTImageStorage)
            .WithProviderRole(DicomUids.MRImageStorage);
        await using var association = await DicomAssociation.OpenAsync(host, port, request, cancellationToken: cancellationToken);
        var response = await association.GetAsync(
            DicomUids.StudyRootGet,
            keys,
            (instance, cancelled) =>
            {
                instance.DataSet.Save(Path.Combine(folder, $"{Guid.NewGuid()}.dcm"));
                return new(DicomCommandStatusType.Success);
            },
            new Progress<DicomSubOperations>(counts => Console.WriteLine($"{counts.Completed} so far")),
            cancellationToken);
        Console.WriteLine($"{response.SubOperations.Completed} instances, {response.SubOperations.Failed} not sent");
    }

    public static async Task MoveAsync(DicomAssociation association, DicomDataSet keys, CancellationToken cancellationToken)
    {
        var response = await association.MoveAsync(
            DicomUids.StudyRootMove, destination: "VIEWER", keys, cancellationToken: cancellationToken);
        foreach (var instance in response.FailedInstances)
        {
            Console.WriteLine($"not sent: {Uri.EscapeDataString(instance)}");
        }
    }

    public static async Task<DicomAssociation?> OpenAsync(string host, int port, DicomAssociationRequest request)
    {
        try
        {
            return await DicomAssociation.OpenAsync(host, port, request);
        }
        catch (DicomAssociateRejectException error) when (error.RejectResult == DicomAssociateRejectResultType.Transient)
        {
            return null; // Later, then.
        }
        catch (DicomException error)
        {
            Console.Error.WriteLine($"{error.Code}: {error.Message}");
            throw;
        }
    }

    public static DicomAssociationOptions Options() => new()
    {
        Network = new()
        {
            Tls = new DicomTlsOptions(),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            ResponseTimeout = TimeSpan.FromMinutes(2),
        },
    };

    public static async Task PoolAsync(
        DicomAssociationPool pool, string host, int port, DicomAssociationRequest request, string path, CancellationToken cancellationToken)
    {
        await using var lent = await pool.RentAsync(host, port, request, cancellationToken);
        await lent.Association.StoreAsync(path, cancellationToken: cancellationToken);
    }

    public static async Task ReportStepAsync(
        DicomAssociation association, string uid, DicomDataSet step, DicomDataSet end, CancellationToken cancellationToken)
    {
        const string mpps = DicomUids.ModalityPerformedProcedureStep;
        await association.NCreateAsync(mpps, uid, step, cancellationToken: cancellationToken);
        await association.NSetAsync(mpps, uid, end, cancellationToken: cancellationToken);
    }
}
