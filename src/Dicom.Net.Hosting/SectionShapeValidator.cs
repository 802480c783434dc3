using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Dicom.Net.Hosting;

/// <summary>Says, with all else that is wrong, where the section of one listener has not the shape of its options.</summary>
internal sealed class SectionShapeValidator(string listener, IConfiguration section) : IValidateOptions<DicomListenerOptions>
{
    public ValidateOptionsResult Validate(string? name, DicomListenerOptions options) => name == listener
        ? DicomListenerOptionsValidator.ResultOf(name, SectionShape.ProblemsOf(section))
        : ValidateOptionsResult.Skip;
}
