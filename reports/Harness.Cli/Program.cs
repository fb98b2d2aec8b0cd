using System.Text;
using Harness.Cli;

// Statements are mathematics: ‖, ∇ and δ must reach a terminal or a file whatever the locale says.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await HarnessCommand.RunAsync(args);
