using Dicom.Net.Fuzz.Conversations;
using Dicom.Net.Fuzz.Running;
using Dicom.Net.UpperLayer;
using Xunit;

namespace Dicom.Net.Fuzz;

/// <summary>Conversations that stop at each of their bytes: the peer closes, is lost, or falls silent.</summary>
public sealed class ConversationTests
{
    private const ulong Seed = 20261123;

    [Theory]
    [InlineData(AssociationRole.Acceptor, nameof(ConversationEnd.Close))]
    [InlineData(AssociationRole.Acceptor, nameof(ConversationEnd.Break))]
    [InlineData(AssociationRole.Acceptor, nameof(ConversationEnd.Stall))]
    [InlineData(AssociationRole.Requestor, nameof(ConversationEnd.Close))]
    [InlineData(AssociationRole.Requestor, nameof(ConversationEnd.Break))]
    [InlineData(AssociationRole.Requestor, nameof(ConversationEnd.Stall))]
    public void Conversation_CutAtEveryByte_EndsOnceAndHoldsNothing(AssociationRole role, string end)
    {
        var pdus = PeerScript.Valid(new(Seed, 3), role == AssociationRole.Acceptor);
        var bytes = pdus.SelectMany(pdu => pdu).ToArray();
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var first = Math.Min(cut, pdus[0].Length);
            Play(new()
            {
                Role = role,
                Bytes = bytes,
                Chunks = [bytes.AsMemory(0, first), bytes.AsMemory(first, cut - first)],
                End = Enum.Parse<ConversationEnd>(end),
                IsPolite = true,
            });
        }
    }

    [Fact]
    public void Conversation_DataSetsCutAtEveryByteWhileTheyAreSpooled_LeaveNoFile()
    {
        var folder = Directory.CreateTempSubdirectory("dicomnet-fuzz-");
        var pdus = PeerScript.Valid(new(Seed, 3), isAcceptor: true);
        var bytes = pdus.SelectMany(pdu => pdu).ToArray();
        for (var cut = pdus[0].Length; cut <= bytes.Length; cut++)
        {
            Play(new()
            {
                Role = AssociationRole.Acceptor,
                Bytes = bytes,
                Chunks = [pdus[0], bytes.AsMemory(pdus[0].Length, cut - pdus[0].Length)],
                End = ConversationEnd.Break,
                IsPolite = true,
                Spool = new() { Folder = folder.FullName, MemoryThreshold = 0 },
            });
            Assert.Empty(folder.GetFiles());
        }

        folder.Delete();
    }

    [Fact]
    public void Conversation_Many_GiveEveryBufferBack()
    {
        using var pool = new PoolObserver();
        for (var index = 0; index < 1_000; index++)
        {
            var random = new FuzzRandom(Seed, index);
            new Conversation(ConversationPlan.Any(random), random, new()).Run();
        }

        // The runner of the tests may have some at the moment.
        Assert.InRange(pool.Rented, 1_000, int.MaxValue);
        Assert.InRange(pool.Rented - pool.Returned, -10, 10);
    }

    private static void Play(ConversationPlan plan)
    {
        var told = new FuzzCase { IsTold = true };
        try
        {
            new Conversation(plan, new(Seed, 0), told).Run();
        }
        catch (FuzzFinding finding)
        {
            Assert.Fail($"{finding.Message}\n{string.Join('\n', told.Story)}");
        }
    }
}
