using static Dicom.Net.UpperLayer.UpperLayerAction;

namespace Dicom.Net.UpperLayer;

/// <summary>PS3.8 §9.2.3, Table 9-10: which action an event causes in a state.</summary>
internal static class UpperLayerTable
{
    /// <summary>The number of states: the columns.</summary>
    public const int StateCount = 13;

    /// <summary>The number of events: the rows.</summary>
    public const int EventCount = 19;

    private static readonly UpperLayerAction[] Cells = Table9Dash10();

    /// <summary>The action in the cell of <paramref name="evt"/> and <paramref name="state"/>, or None if the cell is blank.</summary>
    public static UpperLayerAction Lookup(UpperLayerEvent evt, UpperLayerState state) =>
        Cells[((int)evt - 1) * StateCount + (int)state - 1];

    private static UpperLayerAction[] Table9Dash10()
    {
        const UpperLayerAction ___ = None;
        return
        [
            //        Sta1 Sta2 Sta3 Sta4 Sta5 Sta6 Sta7 Sta8 Sta9 Sta10 Sta11 Sta12 Sta13
            /* Evt1*/ AE1, ___, ___, ___, ___, ___, ___, ___, ___, ___,  ___,  ___,  ___,
            /* Evt2*/ ___, ___, ___, AE2, ___, ___, ___, ___, ___, ___,  ___,  ___,  ___,
            /* Evt3*/ ___, AA1, AA8, ___, AE3, AA8, AA8, AA8, AA8, AA8,  AA8,  AA8,  AA6,
            /* Evt4*/ ___, AA1, AA8, ___, AE4, AA8, AA8, AA8, AA8, AA8,  AA8,  AA8,  AA6,
            /* Evt5*/ AE5, ___, ___, ___, ___, ___, ___, ___, ___, ___,  ___,  ___,  ___,
            /* Evt6*/ ___, AE6, AA8, ___, AA8, AA8, AA8, AA8, AA8, AA8,  AA8,  AA8,  AA7,
            /* Evt7*/ ___, ___, AE7, ___, ___, ___, ___, ___, ___, ___,  ___,  ___,  ___,
            /* Evt8*/ ___, ___, AE8, ___, ___, ___, ___, ___, ___, ___,  ___,  ___,  ___,
            /* Evt9*/ ___, ___, ___, ___, ___, DT1, ___, AR7, ___, ___,  ___,  ___,  ___,
            /*Evt10*/ ___, AA1, AA8, ___, AA8, DT2, AR6, AA8, AA8, AA8,  AA8,  AA8,  AA6,
            /*Evt11*/ ___, ___, ___, ___, ___, AR1, ___, ___, ___, ___,  ___,  ___,  ___,
            /*Evt12*/ ___, AA1, AA8, ___, AA8, AR2, AR8, AA8, AA8, AA8,  AA8,  AA8,  AA6,
            /*Evt13*/ ___, AA1, AA8, ___, AA8, AA8, AR3, AA8, AA8, AR10, AR3,  AA8,  AA6,
            /*Evt14*/ ___, ___, ___, ___, ___, ___, ___, AR4, AR9, ___,  ___,  AR4,  ___,
            /*Evt15*/ ___, ___, AA1, AA2, AA1, AA1, AA1, AA1, AA1, AA1,  AA1,  AA1,  ___,
            /*Evt16*/ ___, AA2, AA3, ___, AA3, AA3, AA3, AA3, AA3, AA3,  AA3,  AA3,  AA2,
            /*Evt17*/ ___, AA5, AA4, AA4, AA4, AA4, AA4, AA4, AA4, AA4,  AA4,  AA4,  AR5,
            /*Evt18*/ ___, AA2, ___, ___, ___, ___, ___, ___, ___, ___,  ___,  ___,  AA2,
            /*Evt19*/ ___, AA1, AA8, ___, AA8, AA8, AA8, AA8, AA8, AA8,  AA8,  AA8,  AA7,
        ];
    }
}
