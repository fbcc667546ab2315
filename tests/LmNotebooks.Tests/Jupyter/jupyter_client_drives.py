"""Drives the kernel with Jupyter's own client. The first argument is a folder with kernels/lmnotebooks/kernel.json."""
import os
import sys

os.environ["JUPYTER_PATH"] = sys.argv[1]
from jupyter_client import KernelManager

PATIENCE = 600
manager = KernelManager(kernel_name="lmnotebooks")
manager.start_kernel(cwd=sys.argv[1])
client = manager.client()
client.start_channels()


def execute(code):
    seen = []

    def see(message):
        content = message["content"]
        detail = {"status": lambda: content["execution_state"], "stream": lambda: "stream " + content["text"].rstrip(),
                  "execute_result": lambda: f"execute_result {content['data']}"}
        seen.append(detail.get(message["msg_type"], lambda: message["msg_type"])())

    reply = client.execute_interactive(code, timeout=PATIENCE, output_hook=see)["content"]
    return reply, seen


try:
    client.wait_for_ready(timeout=PATIENCE)
    print("ready")
    reply, seen = execute('Console.WriteLine("hi"); 1 + 2')
    print(reply["status"], reply["execution_count"], seen)
    reply, _ = execute('throw new Exception("boo");')
    print(reply["status"], reply["execution_count"], reply["ename"], reply["evalue"])

    # A cell as training sees it: it waits for the token that stops it.
    cell = client.execute('#r "LmNotebooks.dll"\nConsole.WriteLine("waiting"); '
                          'LmNotebooks.Training.RunHost.Current.Cancellation.WaitHandle.WaitOne(); throw new Exception("stopped");')
    while client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
        pass
    manager.interrupt_kernel()
    print("interrupted:", client.get_shell_msg(timeout=PATIENCE)["content"]["status"])

    manager.restart_kernel()
    client.wait_for_ready(timeout=PATIENCE)
    reply, _ = execute("1")
    print(f"restarted, count {reply['execution_count']}")
finally:
    client.stop_channels()
    manager.shutdown_kernel()
print("ended:", not manager.is_alive())
