#nullable disable
using Dicom.Net; // was: using Leadtools.Dicom;

namespace PacsServer;

/// <summary>Sends files to another AE, on behalf of a C-MOVE.</summary>
public class StoreScu : Scu
{
    public int Store(string address, int port, string called, string[] files, string moveAE, int moveMessageID)
    {
        int stored = 0;
        if (files.Length == 0 || !Associate(address, port, called, "SERVER", ClassesOf(files)))
        {
            return stored;
        }

        foreach (string file in files)
        {
            if (Store(file, moveAE, moveMessageID))
            {
                stored++;
            }
        }

        Release();
        return stored;
    }

    private static string[] ClassesOf(string[] files)
    {
        List<string> classes = new List<string>();
        foreach (string file in files)
        {
            using (DicomDataSet dataSet = new DicomDataSet())
            {
                dataSet.Load(file, DicomDataSetLoadFlags.None);
                string uid = dataSet.GetValue<string>(DicomTag.SOPClassUID, string.Empty);
                if (!classes.Contains(uid))
                {
                    classes.Add(uid);
                }
            }
        }

        return classes.ToArray();
    }
}
