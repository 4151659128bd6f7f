#!/bin/bash
name=ledger
echo ready
