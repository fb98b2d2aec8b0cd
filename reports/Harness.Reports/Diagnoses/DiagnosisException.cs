namespace Harness.Reports.Diagnoses;

/// <summary>What was asked for cannot be diagnosed; the message says why and what to do.</summary>
public sealed class DiagnosisException(string message) : Exception(message);
