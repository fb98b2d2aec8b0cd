namespace Harness.Core.Threads;

/// <summary>Work that a <see cref="ThreadTeam"/> shares: an unmanaged struct that every member sees, so it holds numbers and pointers, not objects.</summary>
internal interface ITeamWork
{
    /// <summary>Does one member's share; runs beside the other members' calls on the same struct.</summary>
    /// <param name="member">0 ≤ member &lt; count; 0 is the thread that called <see cref="ThreadTeam.Run"/>.</param>
    /// <param name="count">Number of members.</param>
    void Execute(int member, int count);
}
