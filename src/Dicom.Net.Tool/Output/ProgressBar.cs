using Spectre.Console;

namespace Dicom.Net.Tool.Output;

/// <summary>How far something is.</summary>
internal sealed class ProgressBar(ProgressTask? task, string what)
{
    /// <summary>One that nobody sees.</summary>
    public static ProgressBar Unseen { get; } = new(task: null, "");

    /// <summary>Says how much is done of how much, and in words what.</summary>
    /// <param name="done">So much.</param>
    /// <param name="total">Of so much; 0: not known.</param>
    /// <param name="words">Stands behind the name.</param>
    public void Tell(double done, double total, string words)
    {
        if (task is null)
        {
            return;
        }

        task.IsIndeterminate = total <= 0;
        task.MaxValue = Math.Max(total, 1);
        task.Value = Math.Min(done, task.MaxValue);
        task.Description = Markup.Escape(Printable.Of($"{what} {words}"));
    }
}
