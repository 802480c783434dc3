using Dicom.Net.Dimse;
using Dicom.Net.Fuzz.Inputs;
using Dicom.Net.Fuzz.Running;

namespace Dicom.Net.Fuzz.Targets;

/// <summary>
/// A command set by itself and in fragments: the outcome is a message or a <see cref="DimseException"/>. What could be read can be answered,
/// and written again as the same.
/// </summary>
internal sealed class CommandTarget : IFuzzTarget
{
    private static readonly DimseLimits Limits = new();

    public string Name => "command";

    public void Try(FuzzRandom random, FuzzCase fuzzCase)
    {
        var bytes = fuzzCase.Input = Make(random);
        var allocations = new Allocations();
        CommandSet? command = null;
        try
        {
            command = CommandSet.Read(bytes, Limits);
            fuzzCase.IsTaken = true;
        }
        catch (DimseException refusal)
        {
            TextTarget.RequirePrintable(refusal.Message);
        }

        allocations.RequireAtMost(30_000, 20, bytes.Length);
        if (command is not null)
        {
            Use(command);
        }

        Assemble(random, bytes, command is not null);
    }

    private static byte[] Make(FuzzRandom random) => random.Next(8) switch
    {
        0 => random.NextBytes(random.Next(100)),
        < 4 => Mutator.Mutate(random.Pick(Corpus.Shared.Of("command")), random.Pick(Corpus.Shared.Of("command")), random),
        _ => CommandGrammar.Any(random, random.OneIn(4) ? -1 : random.Next(60)),
    };

    private static void Use(CommandSet command)
    {
        TextTarget.RequirePrintable(command.ToString());
        if (Written(command) is { } written)
        {
            var again = ReadAgain(written);
            FuzzFinding.Unless(again.Encode().Span.SequenceEqual(written.Span), "What was written is read as another command set.");
        }

        if (!command.CommandField.IsResponse() && command.MessageId is { } messageId)
        {
            var response = CommandSet.ResponseTo(command, DicomCommandStatusType.Success);
            var sent = ReadAgain(response.Encode());
            FuzzFinding.Unless(sent.MessageIdBeingRespondedTo == messageId, "The response is to another request.");
        }
    }

    /// <summary>Null: a peer may send what we would not, such as an AE title of more than 16 characters.</summary>
    private static ReadOnlyMemory<byte>? Written(CommandSet command)
    {
        try
        {
            return command.Encode();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static CommandSet ReadAgain(ReadOnlyMemory<byte> written)
    {
        try
        {
            return CommandSet.Read(written.Span, Limits with { MaximumCommandLength = int.MaxValue });
        }
        catch (DimseException refusal)
        {
            throw new FuzzFinding("What was written cannot be read.", refusal);
        }
    }

    /// <summary>The same in fragments, which may be out of order, of two contexts, or with data between them.</summary>
    private static void Assemble(FuzzRandom random, byte[] bytes, bool isCommand)
    {
        var assembler = new DimseAssembler(Limits);
        var isHonest = random.OneIn(2);
        var allocations = new Allocations();
        try
        {
            for (var at = 0; at <= bytes.Length;)
            {
                var length = Math.Min(random.Next(1, 60), bytes.Length - at);
                var isLast = at + length == bytes.Length;
                var step = assembler.Add(isHonest
                    ? new(1, IsCommand: true, isLast, bytes.AsMemory(at, length))
                    : new((byte)(random.OneIn(8) ? 3 : 1), !random.OneIn(8), random.OneIn(8) || isLast, bytes.AsMemory(at, length)));
                var isComplete = step is DimseStep.CommandComplete or DimseStep.CommandCompleteDataFollows;
                FuzzFinding.Unless(!isHonest || isComplete == isLast, $"{step} after {at + length} of {bytes.Length} bytes.");
                at += Math.Max(1, length);
                if (isHonest && isLast)
                {
                    break;
                }
            }
        }
        catch (DimseException) when (!isHonest || !isCommand)
        {
        }

        allocations.RequireAtMost(30_000, 50, bytes.Length);
    }
}
