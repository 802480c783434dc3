using Dicom.Net.Dimse;
using Dicom.Net.Pdus;
using Dicom.Net.Tests.Support;

namespace Dicom.Net.Tests.Dimse;

public class DimseAssemblerTests
{
    private static readonly DimseLimits Limits = new();
    private static readonly byte[] Store = RawCommand.CStoreRq().Bytes();
    private static readonly byte[] Echo = RawCommand.CEchoRsp().Bytes();

    private readonly DimseAssembler _assembler = new(Limits);

    [Fact]
    public void Add_CommandWithoutDataSet_IsAMessage()
    {
        Assert.True(_assembler.IsIdle);
        Assert.Null(_assembler.Command);

        Assert.Equal(DimseStep.CommandComplete, AddCommand(Echo));

        Assert.True(_assembler.IsIdle);
        Assert.Equal(CommandField.CEchoRsp, _assembler.Command!.CommandField);
        Assert.Equal((byte)1, _assembler.ContextId);
        Assert.Equal(Echo, _assembler.CommandBytes.ToArray());
    }

    [Fact]
    public void Add_CommandWithDataSet_EndsWithTheLastDataFragment()
    {
        Assert.Equal(DimseStep.CommandCompleteDataFollows, AddCommand(Store));
        Assert.False(_assembler.IsIdle);
        Assert.Equal(DimseStep.DataFragment, AddData([1, 2]));
        Assert.Equal(DimseStep.LastDataFragment, AddData([3, 4], isLast: true));
        Assert.True(_assembler.IsIdle);
        Assert.Equal(CommandField.CStoreRq, _assembler.Command!.CommandField);
    }

    [Fact]
    public void Add_Point17TwoMessagesInOnePdu_AreBothSeen()
    {
        PresentationDataValue[] pduOfTwoMessages =
        [
            new(1, IsCommand: true, IsLast: true, Store),
            new(1, IsCommand: false, IsLast: true, new byte[10]),
            new(5, IsCommand: true, IsLast: true, Echo),
        ];

        var steps = pduOfTwoMessages.Select(pdv => _assembler.Add(pdv)).ToArray();

        Assert.Equal([DimseStep.CommandCompleteDataFollows, DimseStep.LastDataFragment, DimseStep.CommandComplete], steps);
        Assert.Equal((byte)5, _assembler.ContextId);
        Assert.Equal(CommandField.CEchoRsp, _assembler.Command!.CommandField);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Add_Point36And37CommandInFragmentsOfAnyLength_IsJoined(int fragmentLength)
    {
        var fragments = Store.Chunk(fragmentLength).ToArray();
        foreach (var fragment in fragments[..^1])
        {
            Assert.Equal(DimseStep.NeedMore, AddCommand(fragment, isLast: false));
            Assert.Null(_assembler.Command);
        }

        Assert.Equal(DimseStep.CommandCompleteDataFollows, AddCommand(fragments[^1]));
        Assert.Equal(Store, _assembler.CommandBytes.ToArray());
    }

    [Fact]
    public void Add_Point39EmptyLastFragments_AreTaken()
    {
        Assert.Equal(DimseStep.NeedMore, AddCommand(Store, isLast: false));
        Assert.Equal(DimseStep.CommandCompleteDataFollows, AddCommand([]));
        Assert.Equal(DimseStep.DataFragment, AddData([1, 2, 3]));
        Assert.Equal(DimseStep.LastDataFragment, AddData([], isLast: true));
    }

    [Fact]
    public void Add_Point43AnotherContextWithinTheDataSet_IsAFault()
    {
        AddCommand(Store);

        Assert.Throws<DimseException>(() => AddData([1, 2], contextId: 3));
    }

    [Fact]
    public void Add_Point43AnotherContextWithinTheCommand_IsAFault()
    {
        AddCommand(Store[..20], isLast: false);

        Assert.Throws<DimseException>(() => AddCommand(Store[20..], contextId: 3));
    }

    [Fact]
    public void Add_Point43AnotherContextForTheNextMessage_IsTaken()
    {
        AddCommand(Echo);

        Assert.Equal(DimseStep.CommandComplete, AddCommand(Echo, contextId: 3));
        Assert.Equal((byte)3, _assembler.ContextId);
    }

    [Fact]
    public void Add_Point44DataBeforeItsCommand_IsAFault() => Assert.Throws<DimseException>(() => AddData([1, 2]));

    [Fact]
    public void Add_Point44DataAfterAMessageWithoutDataSet_IsAFault()
    {
        AddCommand(Echo);

        Assert.Throws<DimseException>(() => AddData([1, 2], isLast: true));
    }

    [Fact]
    public void Add_Point44DataWithinTheCommand_IsAFault()
    {
        AddCommand(Store[..20], isLast: false);

        Assert.Throws<DimseException>(() => AddData([1, 2]));
    }

    [Fact]
    public void Add_Point44NextCommandBeforeTheLastDataFragment_IsAFault()
    {
        AddCommand(Store);
        AddData([1, 2]);

        Assert.Throws<DimseException>(() => AddCommand(Echo));
    }

    [Fact]
    public void Add_UndecodableCommand_IsAFault() => Assert.Throws<DimseException>(() => AddCommand([1, 2, 3]));

    [Fact]
    public void Add_EmptyCommand_IsAFault() => Assert.Throws<DimseException>(() => AddCommand([]));

    [Fact]
    public void Add_EndlessCommand_IsAFaultAtTheLimit()
    {
        var assembler = new DimseAssembler(new DimseLimits { MaximumCommandLength = 10_000 });
        var fragment = new PresentationDataValue(1, IsCommand: true, IsLast: false, new byte[100]);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(DimseStep.NeedMore, assembler.Add(fragment));
        }

        Assert.Throws<DimseException>(() => assembler.Add(fragment));
    }

    [Fact]
    public void Add_CommandInOneFragmentOverTheLimit_IsAFault()
    {
        var assembler = new DimseAssembler(new DimseLimits { MaximumCommandLength = Store.Length - 1 });

        Assert.Throws<DimseException>(() => assembler.Add(new(1, IsCommand: true, IsLast: true, Store)));
    }

    [Fact]
    public void Add_RandomPdvs_GiveAStepOrAFault()
    {
        var random = new Random(44);
        var assembler = new DimseAssembler(Limits);
        var (steps, faults) = (0, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var fragment = (random.Next(4) switch { 0 => Store, 1 => Echo, 2 => Store[..random.Next(Store.Length)], _ => [] }).AsMemory();
            var pdv = new PresentationDataValue((byte)(random.Next(16) == 0 ? 3 : 1), random.Next(3) > 0, random.Next(4) > 0, fragment);
            try
            {
                Assert.True(Enum.IsDefined(assembler.Add(pdv)));
                steps++;
            }
            catch (DimseException)
            {
                assembler = new DimseAssembler(Limits);
                faults++;
            }
        }

        Assert.True(steps > 1000 && faults > 1000, $"The sequence tells nothing: {steps} steps, {faults} faults.");
    }

    [Fact]
    public void CommandBytes_ReceiveBufferUsedAgain_StayTheCallers()
    {
        var buffer = Store.ToArray();
        AddCommand(buffer);
        var kept = _assembler.CommandBytes;
        AddData([], isLast: true);

        Array.Clear(buffer);
        AddCommand(Echo);

        Assert.Equal(Store, kept.ToArray());
    }

    [Fact]
    public void Add_DataFragments_AllocateNothing()
    {
        AddCommand(Store);
        var fragment = new PresentationDataValue(1, IsCommand: false, IsLast: false, new byte[1000]);

        Assert.Equal(0, Allocations.LeastOf(() => _assembler.Add(fragment)));
    }

    private DimseStep AddCommand(byte[] bytes, bool isLast = true, byte contextId = 1) =>
        _assembler.Add(new(contextId, IsCommand: true, isLast, bytes));

    private DimseStep AddData(byte[] bytes, bool isLast = false, byte contextId = 1) =>
        _assembler.Add(new(contextId, IsCommand: false, isLast, bytes));
}
