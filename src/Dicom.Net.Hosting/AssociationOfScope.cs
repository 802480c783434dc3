namespace Dicom.Net.Hosting;

/// <summary>By which the services of an association's scope come by the association.</summary>
internal sealed class AssociationOfScope
{
    private DicomAssociationContext? _context;

    public DicomAssociationContext Context
    {
        get => _context ?? throw new InvalidOperationException(
            "There is no association here: a DicomAssociationContext is for what a handler of AddHandler is made of.");
        set => _context = value;
    }
}
