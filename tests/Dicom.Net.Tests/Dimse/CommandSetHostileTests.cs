using Dicom.Net.Dimse;

namespace Dicom.Net.Tests.Dimse;

public class CommandSetHostileTests
{
    private static readonly DimseLimits Limits = new();

    [Fact]
    public void Read_MessageWithItsMandatoryElementsOnly_IsRead() =>
        Assert.All(RawCommand.Minimal, raw => Assert.NotEqual(CommandField.None, CommandSet.Read(raw.Bytes(), Limits).CommandField));

    [Fact]
    public void Read_AnyMandatoryElementMissing_IsAFaultThatNamesIt()
    {
        var removed = 0;
        foreach (var raw in RawCommand.Minimal)
        {
            foreach (var number in raw.Numbers)
            {
                // An element without a value is as missing as one that is not there.
                foreach (var faulty in (RawCommand[])[raw.Without(number), raw.Without(number).With(number)])
                {
                    var fault = Assert.Throws<DimseException>(() => CommandSet.Read(faulty.Bytes(), Limits));
                    Assert.Contains($"(0000,{number:X4})", fault.Message, StringComparison.Ordinal);
                }

                removed++;
            }
        }

        Assert.Equal(6 + 5 + 5 + 6 + 4 + 3 + 6 + 5 + 5 + 6 + 4 + 5 + 12 * 4, removed);
    }

    [Theory]
    [InlineData(0x0100)]
    [InlineData(0x0110)]
    [InlineData(0x0120)]
    [InlineData(0x0700)]
    [InlineData(0x0800)]
    [InlineData(0x0900)]
    [InlineData(0x0903)]
    [InlineData(0x1002)]
    [InlineData(0x1008)]
    [InlineData(0x1020)]
    [InlineData(0x1021)]
    [InlineData(0x1022)]
    [InlineData(0x1023)]
    [InlineData(0x1031)]
    public void Read_UnsignedShortOfAnotherLength_IsAFault(int number)
    {
        foreach (var length in (int[])[1, 3, 4, 8])
        {
            var raw = RawCommand.CStoreRq().With((ushort)number, new byte[length]);
            Assert.Throws<DimseException>(() => CommandSet.Read(raw.Bytes(), Limits));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Read_GroupLengthOfAnotherLength_IsAFault(int length) =>
        Assert.Throws<DimseException>(() => CommandSet.Read(RawCommand.CStoreRq().With(0x0000, new byte[length]).Bytes(), Limits));

    [Theory]
    [InlineData(0x0901, 2)]
    [InlineData(0x0901, 5)]
    [InlineData(0x1005, 6)]
    public void Read_TagListOfABrokenLength_IsAFault(int number, int length) =>
        Assert.Throws<DimseException>(
            () => CommandSet.Read(RawCommand.CStoreRq().With((ushort)number, new byte[length]).Bytes(), Limits));

    [Fact]
    public void Read_ElementOfAnotherGroup_IsAFault()
    {
        byte[] bytes = [.. RawCommand.CStoreRq().Bytes(), 0x08, 0x00, 0x18, 0x00, 0, 0, 0, 0];

        var fault = Assert.Throws<DimseException>(() => CommandSet.Read(bytes, Limits));
        Assert.Contains("(0008,0018)", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0x80000000u)]
    [InlineData(3u)]
    public void Read_ValueLongerThanTheCommandSet_IsAFault(uint length)
    {
        byte[] bytes = [.. RawCommand.CStoreRq().Bytes(), 0, 0, 0x02, 0x09, .. BitConverter.GetBytes(length), 0, 0];

        Assert.Throws<DimseException>(() => CommandSet.Read(bytes, Limits));
    }

    [Fact]
    public void Read_LongerThanTheLimit_IsAFaultBeforeAnythingIsParsed()
    {
        var bytes = RawCommand.CStoreRq().Bytes();

        CommandSet.Read(bytes, new DimseLimits { MaximumCommandLength = bytes.Length });
        Assert.Throws<DimseException>(() => CommandSet.Read(bytes, new DimseLimits { MaximumCommandLength = bytes.Length - 1 }));
    }

    [Fact]
    public void Read_TruncatedAtEveryByte_IsAFault()
    {
        foreach (var bytes in RawCommand.Minimal.Select(raw => raw.Bytes()))
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                Assert.Throws<DimseException>(() => CommandSet.Read(bytes.AsSpan(0, length), Limits));
            }
        }
    }

    [Fact]
    public void Read_MutatedCommandSets_GiveACommandSetOrAFaultAndBoundedMemory()
    {
        var random = new Random(20260101);
        var seeds = RawCommand.Minimal.Select(raw => raw.Bytes()).ToArray();
        var (taken, refused) = (0, 0);
        Assert.False(IsTaken([1])); // the first exception of a process costs memory once
        for (var i = 0; i < 60_000; i++)
        {
            var bytes = Mutated(seeds[random.Next(seeds.Length)], random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            if (IsTaken(bytes))
            {
                taken++;
            }
            else
            {
                refused++;
            }

            // Room for the object and its strings, or for the exception with its stack trace; a length believed would cost far more.
            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 * 1024);
        }

        Assert.True(taken > 1000 && refused > 1000, $"The mutations tell nothing: {taken} taken, {refused} refused.");
    }

    [Fact]
    public void Read_RandomBytes_AreAFault()
    {
        var random = new Random(7);
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            Assert.False(IsTaken(bytes));
        }
    }

    // What is taken must also be writable and readable again: a response may echo it.
    private static bool IsTaken(byte[] bytes)
    {
        try
        {
            var command = CommandSet.Read(bytes, Limits);
            if (command is { MoveDestination: null or { Length: <= 16 }, MoveOriginatorApplicationEntityTitle: null or { Length: <= 16 } })
            {
                CommandSet.Read(command.Encode().Span, Limits);
            }

            return true;
        }
        catch (DimseException)
        {
            return false;
        }
    }

    private static byte[] Mutated(byte[] seed, Random random)
    {
        var bytes = new List<byte>(seed);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.Insert(at, (byte)random.Next(256)); break;
                case 3 when bytes.Count > 1: bytes.RemoveAt(at); break;
                default: bytes.AddRange(bytes.GetRange(at, random.Next(bytes.Count - at))); break;
            }
        }

        return [.. bytes];
    }
}
