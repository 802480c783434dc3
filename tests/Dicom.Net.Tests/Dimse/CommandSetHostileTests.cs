using Dicom.Net.Dimse;

namespace Dicom.Net.Tests.Dimse;

public class CommandSetHostileTests
{
    private static readonly DimseLimits Limits = new();

    // Each message with all that PS3.7 says it must have; every element of it is mandatory.
    private static readonly RawCommand[] Minimal =
    [
        RawCommand.CStoreRq(),
        new RawCommand().Text(0x0002, "1.2\0").Us(0x0100, 0x0020).Us(0x0110, 1).Us(0x0700, 0).Us(0x0800, 1),
        new RawCommand().Text(0x0002, "1.2\0").Us(0x0100, 0x0010).Us(0x0110, 1).Us(0x0700, 0).Us(0x0800, 1),
        new RawCommand().Text(0x0002, "1.2\0").Us(0x0100, 0x0021).Us(0x0110, 1).Text(0x0600, "DEST").Us(0x0700, 0).Us(0x0800, 1),
        new RawCommand().Text(0x0002, "1.2\0").Us(0x0100, 0x0030).Us(0x0110, 1).Us(0x0800, 0x0101),
        new RawCommand().Us(0x0100, 0x0FFF).Us(0x0120, 1).Us(0x0800, 0x0101),
        new RawCommand().Text(0x0002, "1.2\0").Us(0x0100, 0x0100).Us(0x0110, 1).Us(0x0800, 1).Text(0x1000, "1.3\0").Us(0x1002, 1),
        new RawCommand().Text(0x0003, "1.2\0").Us(0x0100, 0x0110).Us(0x0110, 1).Us(0x0800, 0x0101).Text(0x1001, "1.3\0"),
        new RawCommand().Text(0x0003, "1.2\0").Us(0x0100, 0x0120).Us(0x0110, 1).Us(0x0800, 1).Text(0x1001, "1.3\0"),
        new RawCommand().Text(0x0003, "1.2\0").Us(0x0100, 0x0130).Us(0x0110, 1).Us(0x0800, 1).Text(0x1001, "1.3\0").Us(0x1008, 1),
        new RawCommand().Text(0x0002, "1.2\0").Us(0x0100, 0x0140).Us(0x0110, 1).Us(0x0800, 1),
        new RawCommand().Text(0x0003, "1.2\0").Us(0x0100, 0x0150).Us(0x0110, 1).Us(0x0800, 0x0101).Text(0x1001, "1.3\0"),
        .. new[] { 0x8001, 0x8010, 0x8020, 0x8021, 0x8030, 0x8100, 0x8110, 0x8120, 0x8130, 0x8140, 0x8150, 0xF777 }
            .Select(response => new RawCommand().Us(0x0100, response).Us(0x0120, 1).Us(0x0800, 0x0101).Us(0x0900, 0)),
    ];

    private static readonly ushort[] MandatorySomewhere =
        [0x0002, 0x0003, 0x0100, 0x0110, 0x0120, 0x0600, 0x0700, 0x0800, 0x0900, 0x1000, 0x1001, 0x1002, 0x1008];

    [Fact]
    public void Read_MessageWithItsMandatoryElementsOnly_IsRead() =>
        Assert.All(Minimal, raw => Assert.NotEqual(CommandField.None, CommandSet.Read(raw.Bytes(), Limits).CommandField));

    [Fact]
    public void Read_AnyMandatoryElementMissing_IsAFaultThatNamesIt()
    {
        var removed = 0;
        foreach (var raw in Minimal)
        {
            foreach (var number in MandatorySomewhere.Where(number => Has(raw, number)))
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
        foreach (var bytes in Minimal.Select(raw => raw.Bytes()))
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
        var seeds = Minimal.Select(raw => raw.Bytes()).ToArray();
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

    private static bool Has(RawCommand raw, ushort number)
    {
        var bytes = raw.Bytes();
        for (var at = 0; at < bytes.Length; at += 8 + BitConverter.ToInt32(bytes, at + 4))
        {
            if (BitConverter.ToUInt16(bytes, at + 2) == number)
            {
                return true;
            }
        }

        return false;
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
